package io.lanewise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.lanewise.RandomInputs.Padding;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.lanewise.Thrown.assertRefused;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a model takes: the weights that its kind names, of the right shape and type, and settings that are legal. */
class ModelTest {

    private static Checkpoint.Builder selfAttention() {
        return RandomLayer.of("self-attention", 6, 1).checkpoint();
    }

    private static void assertModelRefuses(String message, Checkpoint.Builder checkpoint) {
        assertRefused(message, () -> Model.of(checkpoint.build(), ModelOptions.defaults()));
    }

    private static void assertModelRefuses(String message, RandomLayer layer, ModelOptions options) {
        assertRefused(message, () -> Model.of(layer.checkpoint().build(), options));
    }

    // ---------------------------------------------------------------- weights

    @Test
    void shouldRefuseMissingWeights() {
        Checkpoint.Builder checkpoint = Checkpoint.builder().metadata("layer", "self-attention").metadata("hidden", "6")
                .weight("linear_q.weight", new float[36], 6, 6);
        assertModelRefuses("weight must be there: missing linear_k.weight, expected F32 [6, 6], in memory", checkpoint);
    }

    @Test
    void shouldRefuseWeightsThatTheKindDoesNotHave() {
        assertModelRefuses("self-attention has no weight of this name: linear_w.weight is F32 [2, 3], in memory",
                selfAttention().weight("linear_w.weight", new float[6], 2, 3));
    }

    @Test
    void shouldRefuseMisshapenWeights() {
        assertModelRefuses("weight must be F32 (or F16, BF16) [6, 6]: linear_k.weight_raw is F32 [5, 6]",
                selfAttention().weight("linear_k.weight_raw", new float[30], 5, 6));
        assertModelRefuses("weight must be F32 (or F16, BF16) [6, 6]: linear_k.weight_raw is F32 [36]",
                selfAttention().weight("linear_k.weight_raw", new float[36], 36));
    }

    @Test
    void shouldTakeTheRawWeightWhereBothAreThere() {
        RandomLayer layer = RandomLayer.of("self-attention", 6, 1);
        float[] droppedOut = new float[36];
        Checkpoint both = layer.checkpoint().weight("linear_q.weight", droppedOut, 6, 6)
                .weight("linear_final.weight", droppedOut, 6, 6).build();
        try (Model raw = layer.model(); Model model = Model.of(both, ModelOptions.defaults())) {
            assertArrayEquals(output(raw), output(model));
        }
    }

    @Test
    void shouldTakeThePlainWeightWhereItIsAlone() {
        RandomLayer layer = RandomLayer.of("self-attention", 6, 1);
        Checkpoint named = layer.checkpoint().build();
        Checkpoint.Builder plain = Checkpoint.builder();
        named.metadata().forEach(plain::metadata);
        named.names().forEach(name -> plain.weight(name.replace("weight_raw", "weight"),
                named.find(name).orElseThrow().floats().get(), 6, 6));
        try (Model raw = layer.model(); Model model = Model.of(plain.build(), ModelOptions.defaults())) {
            assertArrayEquals(output(raw), output(model));
        }
    }

    private static float[] output(Model model) {
        try (Session session = model.newSession()) {
            RandomInputs inputs = RandomInputs.of(model, 2, 6, Padding.LENGTHS, 1);
            return session.run(inputs.inputs()).segment("output").toArray(JAVA_FLOAT);
        }
    }

    // ---------------------------------------------------------------- settings

    @Test
    void shouldRefuseKindsThatThereAreNot() {
        assertRefused("setting must be in the metadata or given as an option: missing layer",
                () -> Model.of(Checkpoint.builder().build(), ModelOptions.defaults()));
        String kinds = String.join(", ", LayerKinds.all().stream().map(LayerKind::name).toList());
        assertModelRefuses("layer must be one of " + kinds + ": layer=attention", RandomLayer.of("soft-knn", 6, 1),
                ModelOptions.defaults().layer("attention"));
    }

    @Test
    void shouldRefuseHeadsThatDoNotDivide() {
        RandomLayer layer = RandomLayer.of("masked-multi-head-attention", 6, 1);
        assertModelRefuses("heads must divide hidden: heads=4, hidden=6", layer, ModelOptions.defaults().heads(4));
        assertModelRefuses("heads must be a whole number of at least 1: heads=0", layer,
                ModelOptions.defaults().heads(0));
        assertModelRefuses("heads must be a whole number of at least 1: heads=two", layer,
                ModelOptions.defaults().setting("heads", "two"));
    }

    @Test
    void shouldRefuseHeadsWithFewerFeaturesThanThereAreHeads() {
        String message = "a head must have at least as many features as there are heads: heads=3, hidden=6, "
                + "features a head=2";
        assertModelRefuses(message, RandomLayer.of("multi-head-attention", 6, 1), ModelOptions.defaults().heads(3));
        assertModelRefuses(message, RandomLayer.of("soft-knn", 6, 1), ModelOptions.defaults().heads(3));
        assertModelRefuses(message, RandomLayer.of("crossover-transformer", 6, 1), ModelOptions.defaults().heads(3));
    }

    @Test
    void shouldRefuseAnInnerSizeThatIsNotHidden() {
        Checkpoint.Builder checkpoint = RandomLayer.of("position-wise-feed-forward", 6, 1).checkpoint()
                .weight("w1.weight", new float[9 * 6], 9, 6, 1).weight("w1.bias", new float[9], 9)
                .weight("w2.weight", new float[9 * 6], 9, 6, 1);
        assertModelRefuses("position-wise-feed-forward needs ffn equal to hidden: ffn=9, hidden=6", checkpoint);
        assertModelRefuses("ffn must match the weight w1: ffn=7, rows of w1=12",
                RandomLayer.of("masked-position-wise-feed-forward", 6, 1), ModelOptions.defaults().setting("ffn", "7"));
    }

    @Test
    void shouldRefuseANumberOfLayersThatIsNotThatOfTheWeights() {
        RandomLayer layer = RandomLayer.of("self-attention-stack", 6, 1);
        assertModelRefuses("layers must match the weights encoder_layers.0 … encoder_layers.2: layers=3, found=2",
                layer,
                ModelOptions.defaults().setting("layers", "3"));
        assertModelRefuses("layers must match the weights encoder_layers.0 … encoder_layers.0: layers=1, found=2",
                layer,
                ModelOptions.defaults().setting("layers", "1"));
    }

    @Test
    void shouldRefuseAPositionTableOfAnotherSize() {
        RandomLayer layer = RandomLayer.of("self-transformer", 6, 1).with("position", "sinusoidal").withMaxLength(5);
        assertModelRefuses("max_len must be one less than the rows of the position table: max_len=6, rows=6", layer,
                ModelOptions.defaults().setting("max_len", "6"));
    }

    @Test
    void shouldRefuseWordsThatMeanNothing() {
        assertModelRefuses("residual must be one of input, projected_query: residual=none",
                RandomLayer.of("single-attention", 6, 1), ModelOptions.defaults().setting("residual", "none"));
        assertModelRefuses("key_mask must be one of padding, none: key_mask=keys",
                RandomLayer.of("multi-head-attention", 6, 1), ModelOptions.defaults().setting("key_mask", "keys"));
        assertModelRefuses("scale must be a finite number: scale=NaN",
                RandomLayer.of("scaled-dot-product-attention", 6, 1), ModelOptions.defaults().setting("scale", "NaN"));
    }

    // ---------------------------------------------------------------- what belongs to the caller

    static Stream<RandomLayer> layers() {
        return LayerKinds.attention().stream()
                .flatMap(kind -> RandomLayer.of(kind.name(), 12, 2).withHeads(2).forms().stream());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldNeverWriteToInputsAndWeights(RandomLayer layer) {
        Checkpoint checkpoint = layer.checkpoint().build();
        Map<String, Integer> weights = sums(checkpoint);
        for (boolean fused : new boolean[]{true, false}) {
            SessionOptions options = SessionOptions.defaults().maxLength(40).threads(2);
            SessionOptions used = fused ? options : options.without("fuse");
            try (Model model = Model.of(checkpoint, ModelOptions.defaults());
                    Session session = model.newSession(used);
                    Arena arena = Arena.ofShared()) {
                RandomInputs made = RandomInputs.of(model, 20, 12, Padding.ZERO_ROWS, 3);
                Map<String, MemorySegment> segments = new HashMap<>();
                Inputs inputs = Inputs.none();
                for (RandomInputs.Given given : made.all()) {
                    MemorySegment segment = arena.allocateFrom(JAVA_FLOAT, given.cells());
                    segments.put(given.name(), segment);
                    inputs.and(given.name(), Tensor.of(segment, 20, given.length(), 12));
                }
                Map<String, Integer> before = sums(segments);
                int constants = sum(model.prepare(Set.of(), used.planner(), 0).constants().segment());
                session.run(inputs);
                session.run(inputs);
                assertEquals(before, sums(segments), layer + " inputs");
                assertEquals(constants, sum(model.prepare(Set.of(), used.planner(), 0).constants()
                        .segment()), layer + " constants");
            }
        }
        assertEquals(weights, sums(checkpoint), layer + " weights");
    }

    private static Map<String, Integer> sums(Checkpoint checkpoint) {
        Map<String, Integer> sums = new HashMap<>();
        checkpoint.names().forEach(
                name -> sums.put(name, Arrays.hashCode(checkpoint.find(name).orElseThrow().floats().get())));
        return sums;
    }

    private static Map<String, Integer> sums(Map<String, MemorySegment> segments) {
        Map<String, Integer> sums = new HashMap<>();
        segments.forEach((name, segment) -> sums.put(name, sum(segment)));
        return sums;
    }

    private static int sum(MemorySegment segment) {
        return Arrays.hashCode(segment.toArray(JAVA_INT));
    }
}
