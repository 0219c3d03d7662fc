package io.lanewise.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.Model;
import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.PaddedInput;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.SeededLayer;
import io.lanewise.graph.Graph;
import io.lanewise.layers.LayerKinds;
import io.lanewise.weights.Checkpoint;

/**
 * A layer that peers are measured on, with seeded weights. Immutable; the same layer has the same weights in every process.
 *
 * @param kind the kind of layer
 * @param stream what a layer with a single input reads, {@code question} or {@code video}; empty for all others
 * @param sizes how large it is
 */
public record PaperLayer(String kind, String stream, LayerSizes sizes) {

    private static final long WEIGHTS_SEED = 1;

    /** Returns the nine layers of the paper at some size. */
    public static List<PaperLayer> nine(LayerSizes sizes) {
        return List.of(
                new PaperLayer("self-attention", "question", sizes),
                new PaperLayer("self-attention", "video", sizes),
                new PaperLayer("single-attention", "", sizes),
                new PaperLayer("co-attention", "", sizes),
                new PaperLayer("co-concat-attention", "", sizes),
                new PaperLayer("co-siamese-attention", "", sizes),
                new PaperLayer("masked-multi-head-attention", "", sizes),
                new PaperLayer("multi-head-attention", "video", sizes),
                new PaperLayer("self-transformer-layer", "video", sizes));
    }

    /**
     * Returns the layer of that label at the paper's size.
     *
     * @throws IllegalArgumentException if it is not one of the nine
     */
    public static PaperLayer of(String label) {
        return nine(LayerSizes.PAPER).stream().filter(layer -> layer.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("layer must be one of "
                        + nine(LayerSizes.PAPER).stream().map(PaperLayer::label).toList() + ": layer=" + label));
    }

    /** Returns the whole model, whose words, features of frames and Blocks are of the published sizes at any. */
    public static PaperLayer whole(LayerSizes sizes) {
        return new PaperLayer("hga", "", sizes);
    }

    /** Says whether it is the whole model. */
    public boolean isWhole() {
        return kind.equals("hga");
    }

    /** Returns the results that are compared and timed. */
    public Set<String> outputs() {
        return isWhole() ? Set.of("output") : Set.of();
    }

    /** Makes its graph. */
    public Graph graph(Model model) {
        return model.graph(Set.of()).asking(outputs());
    }

    /** Makes its weights. */
    public Checkpoint checkpoint() {
        return seeded(kind).checkpoint(WEIGHTS_SEED);
    }

    /** Returns a word for the layer that is its own, {@code self-attention-question}. */
    public String label() {
        return stream.isEmpty() ? kind : kind + "-" + stream;
    }

    /** Returns the parameters that tell the layer from others of its kind in a result file. */
    public Map<String, String> params() {
        return stream.isEmpty() ? Map.of() : Map.of("stream", stream);
    }

    /** Makes the model; the caller closes it. */
    public Model model() {
        return seeded(kind).model(WEIGHTS_SEED);
    }

    /** Makes a batch; zero rows where it is padding. */
    public PaddedBatch batch(int samples, RowLengths lengths, long seed) {
        if (!stream.equals("question")) {
            return seeded(kind).batch(samples, lengths, seed);
        }
        PaddedInput query = seeded("single-attention").batch(samples, lengths, seed).inputs().getFirst();
        return new PaddedBatch(
                List.of(new PaddedInput("input", query.rows(), query.features(), query.values(), query.lengths())));
    }

    private SeededLayer seeded(String kind) {
        return new SeededLayer(LayerKinds.of(kind), sizes);
    }

    @Override
    public String toString() {
        return label();
    }
}
