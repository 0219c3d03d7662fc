package io.lanewise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A JVM that lacks a flag gives the right answer all the same, without the first one by scalar loops, and names the flag. */
class WithoutFlagsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldStillAnswerRightly() throws Exception {
        assertAnswers("-Dnothing=1", "--add-modules jdk.incubator.vector");
    }

    @EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
    @ParameterizedTest
    @CsvSource({"--add-modules=jdk.incubator.vector, --enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED, --add-modules jdk.incubator.vector"})
    void shouldStillAnswerRightlyWithOneOfThem(String given, String missing) throws Exception {
        assertAnswers(given, missing);
    }

    private void assertAnswers(String given, String missing) throws Exception {
        Golden golden = Golden.of("lanes/co-attention");
        Path output = folder.resolve("output.safetensors");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        given, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "run"));
        command.addAll(List.of(golden.weights().toString(), golden.input().toString(), "-o", output.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains(missing), said);
        assertArrayEquals(read(golden.expected(), "output_v.f64"), read(output, "output_v"), 2e-6);
    }

    private static double[] read(Path path, String tensor) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            TensorInfo found = file.find(tensor).orElseThrow();
            return file.doubles(found);
        }
    }
}
