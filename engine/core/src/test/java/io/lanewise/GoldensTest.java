package io.lanewise;

import java.util.List;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded case of the published code, through the plan: fused, and op by op. */
@Execution(ExecutionMode.CONCURRENT)
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
                WorstCell.of(golden.truth(name), outputs.floats(name)).assertWithin(tolerance, golden + " " + name);
            }
        }
    }
}
