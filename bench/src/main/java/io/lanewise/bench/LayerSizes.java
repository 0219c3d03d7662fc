package io.lanewise.bench;

/**
 * How large a layer and its inputs are. Immutable.
 *
 * @param hidden the features D of a row
 * @param heads the heads of multi-head kinds, which must divide {@code hidden}
 * @param feedForward the inner features F of masked feed-forwards; position-wise ones have {@code F = D}
 * @param layers the layers of a stack
 * @param question the padded rows of a question, or of a query with a key of its own
 * @param video the padded rows of a video, or of any other input
 */
public record LayerSizes(int hidden, int heads, int feedForward, int layers, int question, int video) {

    /** The paper's own: D=512, H=8, F=2048, stacks of 2 layers, questions of 15 words, videos of 80 clips. */
    public static final LayerSizes PAPER = new LayerSizes(512, 8, 2048, 2, 15, 80);
}
