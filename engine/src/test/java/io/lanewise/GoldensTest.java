package io.lanewise;

import java.nio.FloatBuffer;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every recorded case of the published code, through the plan: fused, and op by op. */
class GoldensTest {

    static List<Golden> layers() {
        return Golden.layers();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAgreeWithThePublishedCode(Golden golden) {
        check(golden, SessionOptions.defaults().maxBatch(4).maxLength(16).attention(golden.hasAttention()));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAgreeWithThePublishedCodeOpByOp(Golden golden) {
        check(golden, SessionOptions.defaults().maxBatch(4).maxLength(16).attention(golden.hasAttention())
                .without("fuse", "share", "reuse"));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAgreeWithThePublishedCodeOnTwoThreads(Golden golden) {
        check(golden, SessionOptions.defaults().maxBatch(4).maxLength(16).attention(golden.hasAttention()).threads(2));
    }

    private static void check(Golden golden, SessionOptions options) {
        try (Model model = Model.load(golden.weights()); Session session = model.newSession(options)) {
            Outputs outputs = session.run(Inputs.load(golden.input()));
            for (String name : outputs.names()) {
                double tolerance = Math.max(2e-6, 2 * golden.pytorchError(name));
                assertClose(golden + " " + name, golden.truth(name), outputs.floats(name), tolerance);
            }
        }
    }

    static void assertClose(String what, double[] truth, FloatBuffer actual, double tolerance) {
        assertEquals(truth.length, actual.remaining(), what);
        int worst = 0;
        for (int i = 0; i < truth.length; i++) {
            if (!(Math.abs(truth[i] - actual.get(i)) <= Math.abs(truth[worst] - actual.get(worst)))) {
                worst = i;
            }
        }
        double error = Math.abs(truth[worst] - actual.get(worst));
        assertTrue(error <= tolerance, "%s: worst cell %d, expected %.9f, was %.9f, error %.3g, tolerance %.3g"
                .formatted(what, worst, truth[worst], actual.get(worst), error, tolerance));
    }
}
