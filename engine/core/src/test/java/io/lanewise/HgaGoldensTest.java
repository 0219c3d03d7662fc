package io.lanewise;

import java.nio.ByteOrder;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every recorded case of HGA, each stage of it: by the plan, fused and op by op, and by the reference. */
@Execution(ExecutionMode.CONCURRENT)
class HgaGoldensTest {

    static List<HgaGolden> cases() {
        return HgaGolden.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAgreeWithThePublishedCode(HgaGolden golden) {
        check(golden, limits());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAgreeWithThePublishedCodeOpByOp(HgaGolden golden) {
        check(golden, limits().without("fuse", "share", "reuse", "repeat", "join", "split"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAgreeWithThePublishedCodeOnTwoThreads(HgaGolden golden) {
        check(golden, limits().threads(2));
    }

    @Tag("own-width") // the reference knows no width
    @ParameterizedTest
    @MethodSource("cases")
    void shouldAgreeWithThePublishedCodeByTheReference(HgaGolden golden) {
        try (Model model = Model.load(golden.weights());
                ReferenceSession session = new ReferenceSession(model, withStages(model, limits()))) {
            check(golden, session.run(golden.inputs()));
        }
    }

    private static SessionOptions limits() {
        return SessionOptions.defaults().maxBatch(5).maxLength(19);
    }

    private static SessionOptions withStages(Model model, SessionOptions options) {
        return options.outputs(model.outputs().toArray(String[]::new));
    }

    static void check(HgaGolden golden, SessionOptions options) {
        try (Model model = Model.load(golden.weights());
                Session session = model.newSession(withStages(model, options))) {
            check(golden, session.run(golden.inputs()));
        }
    }

    private static void check(HgaGolden golden, Outputs outputs) {
        assertTrue(outputs.names().containsAll(golden.names()),
                () -> golden + ": " + golden.names() + " of " + outputs.names());
        for (String name : golden.names()) {
            String what = golden + " " + name;
            assertArrayEquals(golden.shape(name), outputs.shape(name), what);
            if (golden.isWhole(name)) {
                long[] chosen = new long[outputs.segment(name).asByteBuffer().remaining() / Long.BYTES];
                outputs.segment(name).asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer().get(chosen);
                assertArrayEquals(golden.whole(name), chosen, what);
            } else {
                WorstCell.of(golden.truth(name), outputs.floats(name)).assertWithin(golden.tolerance(name), what);
            }
        }
    }
}
