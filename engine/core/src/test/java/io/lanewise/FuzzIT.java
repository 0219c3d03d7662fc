package io.lanewise;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs what fuzzing found once again, and then fuzzes for a moment. */
class FuzzIT {

    private static final Duration MOMENT = Duration.ofSeconds(2);

    static List<String> tests() {
        return FuzzRun.TESTS;
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldFindNothing(String test) throws IOException, InterruptedException {
        assertTrue(new FuzzRun(Path.of("target", "fuzz"), MOMENT).findsNothing(test), test);
    }
}
