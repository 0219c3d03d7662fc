package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A JVM of a machine whose owner holds OpenBLAS to a kernel, as bench is started there. */
final class HobbledJvm {

    static final String NAME = "OPENBLAS_CORETYPE";
    static final String KERNEL = "Prescott"; // which OpenBLAS has for every x86-64

    private HobbledJvm() {}

    /** Runs a main class on the path of a file, and returns what it wrote there. */
    static String answer(Class<?> main, Path folder) throws IOException, InterruptedException {
        Path answer = folder.resolve(main.getSimpleName());
        Path log = folder.resolve("log");
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), main.getName(), answer.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        java.environment().put(NAME, KERNEL);
        assertEquals(0, java.start().waitFor(), Files.readString(log));
        return Files.readString(answer);
    }
}
