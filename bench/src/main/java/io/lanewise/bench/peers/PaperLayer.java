package io.lanewise.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param stage how far the whole model goes, the name of a result; empty for a layer, which gives all that it has
 */
public record PaperLayer(String kind, String stream, LayerSizes sizes, String stage) {

    private static final long WEIGHTS_SEED = 1;
    private static final String END = "output";

    /** The parameter that says how far the model went. */
    private static final String STAGE = "stage";

    /** Those of a vector a sample: rows of padding are zeros by the model's definition, while peers compute and never read them. */
    private static final List<String> STAGES = List.of("s_last_hidden", "v_last_hidden", "local", "global", END);

    private PaperLayer(String kind, String stream, LayerSizes sizes) {
        this(kind, stream, sizes, "");
    }

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
        return new PaperLayer("hga", "", sizes, END);
    }

    /** Returns the whole model as far as each of its stages of a vector a sample, in their order; the last is its end. */
    public static List<PaperLayer> stages(LayerSizes sizes) {
        return STAGES.stream().map(stage -> new PaperLayer("hga", "", sizes, stage)).toList();
    }

    /** Says whether it is the whole model, or that as far as a stage. */
    public boolean isWhole() {
        return !stage.isEmpty();
    }

    /** Returns the results that are compared and timed. */
    public Set<String> outputs() {
        return isWhole() ? Set.of(stage) : Set.of();
    }

    /** Makes its graph. */
    public Graph graph(Model model) {
        return model.graph(Set.of()).asking(outputs());
    }

    /** Makes its weights. */
    public Checkpoint checkpoint() {
        return seeded(kind).checkpoint(WEIGHTS_SEED);
    }

    /** Returns a word for the layer that is its own, {@code self-attention-question}; a stage of the model, {@code hga-gcn}. */
    public String label() {

        return Stream.of(kind, stream, stage.equals(END) ? "" : stage).filter(word -> !word.isEmpty())
                .collect(Collectors.joining("-"));
    }

    /** Returns the parameters that tell the layer from others of its kind in a result file. */
    public Map<String, String> params() {
        if (!stream.isEmpty()) {
            return Map.of("stream", stream);
        }
        return stage.isEmpty() || stage.equals(END) ? Map.of() : Map.of(STAGE, stage);
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
