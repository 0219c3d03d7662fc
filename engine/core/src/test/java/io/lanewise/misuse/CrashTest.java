package io.lanewise.misuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.lanewise.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** No sequence of calls ends the JVM: tried in one of its own. */
class CrashTest {

    private static final int SEQUENCES = Tries.of(300, 100_000);
    private static final int JVMS = Tries.of(1, 2); // side by side: it is the longest of all tests

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldKeepTheJvmAlive(@TempDir Path folder) throws IOException, InterruptedException {
        long seed = Long.getLong("lanewise.misuse.seed", System.nanoTime());
        System.out.println("misuse: " + SEQUENCES + " sequences, -Dlanewise.misuse.seed=" + seed);
        List<Process> processes = new ArrayList<>();
        for (int jvm = 0; jvm < JVMS; jvm++) {
            processes.add(start(folder, seed + (long) jvm * SEQUENCES / JVMS));
        }
        for (Process process : processes) {
            String said = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), said);
            assertTrue(said.contains("sequences=" + SEQUENCES / JVMS + " "), said);
            System.out.print(said);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList(), "a JVM that crashes leaves a file");
        }
    }

    private static Process start(Path folder, long seed) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), MisuseChild.class.getName(),
                Integer.toString(SEQUENCES / JVMS), Long.toString(seed))
                .directory(folder.toFile()).redirectErrorStream(true).start();
    }
}
