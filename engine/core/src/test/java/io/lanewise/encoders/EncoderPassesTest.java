package io.lanewise.encoders;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tries;
import io.lanewise.planner.Planner;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pass of the planner can be left out, and the results are still those that were recorded. */
@Execution(ExecutionMode.CONCURRENT)
class EncoderPassesTest {

    @RegisterExtension
    static final LoadedCases MODELS = new LoadedCases();

    private static final Set<String> NAMES = Set.of("odd", "odd-rerank", "odd-mlm", "code");

    /** Cases of every family and of most heads. */
    static Stream<EncoderCase> cases() {
        return LoadedCases.distinct().stream()
                .filter(golden -> NAMES.contains(golden.folder().getFileName().toString()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldComputeTheSameWithoutAnyOnePass(EncoderCase golden) {
        List<String> passes = Planner.passNames();
        int step = Tries.of(2, 1); // neighbours among the cases leave out other passes
        for (int i = cases().toList().indexOf(golden) % step; i < passes.size(); i += step) {
            try (Session session = MODELS.of(golden).newSession(options(golden).without(passes.get(i)))) {
                golden.check(session.run(golden.inputs()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldComputeTheSameWithoutAllPasses(EncoderCase golden) {
        SessionOptions options = options(golden).without(Planner.passNames().toArray(String[]::new));
        try (Session session = MODELS.of(golden).newSession(options)) {
            golden.check(session.run(golden.inputs()));
        }
    }

    private static SessionOptions options(EncoderCase golden) {
        return SessionOptions.defaults().maxBatch(4).maxLength(160)
                .inputs(golden.inputs().names().toArray(String[]::new))
                .outputs(golden.recorded().toArray(String[]::new));
    }
}
