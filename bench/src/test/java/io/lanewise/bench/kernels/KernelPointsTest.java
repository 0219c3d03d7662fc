package io.lanewise.bench.kernels;

import java.util.List;
import java.util.stream.Stream;

import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class KernelPointsTest {

    private static Stream<Point> points() {
        return KernelPoints.all().stream().filter(point -> !KernelPoints.isSlow(point));
    }

    /** Setting up compares the kernel with its twin. */
    @ParameterizedTest
    @MethodSource("points")
    void shouldSetUpKernelsThatAgree(Point point) {
        try (Setup setup = point.setup().get()) {
            List<String> expected = point.name().equals("matmul")
                    ? List.of("lanewise", "scalar", "naive")
                    : List.of("lanewise", "scalar");
            assertEquals(expected, setup.subjects().stream().map(Subject::name).toList());
        }
    }

    @Test
    void shouldKnowEveryPointOfTheJmhBenchmark() throws NoSuchFieldException {
        for (String id : KernelBenchmark.class.getField("point").getAnnotation(Param.class).value()) {
            assertEquals(id, Point.find(KernelPoints.all(), id).id());
        }
    }

    @Test
    void shouldSayWhichPointIsNotThere() {
        Exception refusal = assertThrows(IllegalArgumentException.class,
                () -> Point.find(KernelPoints.all(), "kernel/none"));
        assertEquals("point must be one of 42: point=kernel/none", refusal.getMessage());
    }
}
