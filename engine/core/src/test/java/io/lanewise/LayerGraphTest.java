package io.lanewise;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceTensor;
import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Every recorded case of the published code, as the layers write it down: their graphs, walked by the reference. */
class LayerGraphTest {

    private static final double DOUBLE_ERROR = 1e-9; // the truth was computed in another order of sums

    static List<Golden> layers() {
        return Golden.layers();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAgreeWithThePublishedCodeInDoubles(Golden golden) {
        SequencedMap<String, ReferenceTensor<double[]>> outputs = ReferenceExecutor.doubles().run(graph(golden),
                golden.reference());
        outputs.forEach((name, output) -> WorstCell.of(golden.truth(name), output.numbers())
                .assertWithin(DOUBLE_ERROR, golden + " " + name));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAgreeWithThePublishedCodeInFloats(Golden golden) {
        SequencedMap<String, ReferenceTensor<float[]>> outputs = ReferenceExecutor.floats().run(graph(golden),
                golden.reference());
        outputs.forEach((name, output) -> WorstCell.of(golden.truth(name), output.numbers())
                .assertWithin(Math.max(2e-6, 2 * golden.pytorchError(name)), golden + " " + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lanes", "odd"})
    void shouldAgreeWithThePublishedPaddingMasks(String set) {
        Golden golden = Golden.of(set + "/padding-masks");
        Checkpoint settings = Checkpoint.builder().metadata("layer", "padding-masks")
                .metadata("hidden", Integer.toString(golden.features())).build();
        try (Model model = Model.of(settings, ModelOptions.defaults()); Session session = model.newSession()) {
            Outputs planned = session.run(Inputs.load(golden.input()));
            Map<String, ReferenceTensor<float[]>> walked = ReferenceExecutor.floats().run(model.graph(Set.of()),
                    golden.reference());
            for (String name : List.of("padding_mask_k", "padding_mask_q")) {
                boolean[] expected = golden.bits(name);
                assertArrayEquals(expected, bits(planned.segment(name).toArray(JAVA_BYTE)), golden + " plan " + name);
                assertArrayEquals(expected, walked.get(name).bits(), golden + " reference " + name);
            }
        }
    }

    private static Graph graph(Golden golden) {
        try (Model model = Model.load(golden.weights())) {
            Graph graph = model.graph(golden.inputNames());
            return golden.hasAttention() ? graph.withAttention() : graph;
        }
    }

    private static boolean[] bits(byte[] bytes) {
        boolean[] bits = new boolean[bytes.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = bytes[i] == 1;
        }
        return bits;
    }
}
