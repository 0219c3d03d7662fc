package io.lanewise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who may know whom: only the kernels know the Vector API, and layers know the mathematics alone. */
class PurityTest {

    private static final Path ENGINE = Path.of("src/main/java");

    /** Returns the lines of the sources below a folder that name something, other than those that name something else. */
    private static List<String> lines(Path folder, String named, String other) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(sources.size() > 5, "sources must be where the test looks: folder=" + folder.toAbsolutePath());
            return sources.stream().flatMap(file -> linesOf(file).stream()
                    .filter(line -> line.contains(named) && !line.contains(other))
                    .map(line -> folder.relativize(file) + ": " + line.strip())).toList();
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldKeepTheVectorApiOutOfTheEngine() throws IOException {
        assertEquals(List.of(), lines(ENGINE, "import jdk.incubator", "nothing"));
        assertEquals(List.of(), lines(ENGINE, "import io.lanewise.kernels.simd", "nothing"));
    }

    @Test
    void shouldKeepTheVectorApiInOnePackageOfKernels() throws IOException {
        Path kernels = Path.of("../../simd-kernels/src/main/java/io/lanewise");
        assertEquals(List.of(), lines(kernels, "import jdk.incubator", "nothing").stream()
                .filter(line -> !line.startsWith("kernels/simd/")).toList());
    }

    @Test
    void shouldLetLayersKnowNoKernelsAndNoPlans() throws IOException {
        Path layers = ENGINE.resolve("io/lanewise/layers");
        assertEquals(List.of(), lines(layers, "io.lanewise.kernels", "io.lanewise.kernels.Activation"));
        for (String other : List.of("memory", "plan", "planner", "runtime", "reference")) {
            assertEquals(List.of(), lines(layers, "import io.lanewise." + other + ".", "nothing"));
        }
    }

    @Test
    void shouldLetThePlannerExecuteNothing() throws IOException {
        assertEquals(List.of(), lines(ENGINE.resolve("io/lanewise/planner"), "new PlanExecutor", "nothing"));
    }
}
