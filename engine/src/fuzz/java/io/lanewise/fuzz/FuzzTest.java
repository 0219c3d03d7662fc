package io.lanewise.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** In a long run, fuzzes for a moment with each fuzz test of the module; its kept cases are tests of every build. */
@EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {

    private static final Duration MOMENT = Duration.ofSeconds(2);

    static List<String> tests() throws IOException {
        return FuzzRun.tests();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldFindNothing(String test) throws IOException, InterruptedException {
        assertTrue(new FuzzRun(Path.of("target", "fuzz"), MOMENT).findsNothing(test), test);
    }
}
