package io.lanewise.kernels.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lanewise.kernels.KernelsUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Starts JVMs that lack something, and reads what they chose. */
@DisabledIfSystemProperty(named = KernelChoice.BITS_PROPERTY, matches = ".+")
class KernelChoiceTest {

    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final String EXPORT = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    @TempDir
    private static Path temporary;

    /** What the JVMs run. */
    static final class Describe {
        public static void main(String[] arguments) {
            KernelChoice.best();
            System.out.println(KernelChoice.best().describe());
        }
    }

    @Test
    void shouldChooseSimd() {
        KernelsUnderTest.assumeC2();
        assertTrue(KernelChoice.choose(null).describe().matches(
                "SIMD, (512-bit vectors \\(16 lanes\\), tile 6x4|\\d{3}-bit vectors \\([48] lanes\\), tile 6x2)"));
        assertTrue(KernelChoice.choose("256").describe().startsWith("SIMD"));
    }

    @Test
    void shouldChooseScalarLoopsWhenAsked() {
        assertEquals("scalar loops: lanewise.vector.bits=0", KernelChoice.choose("0").describe());
    }

    @Test
    void shouldRefuseAnotherWidth() {
        for (String bits : List.of("64", "255", "1024", "", "wide")) {
            Error error = assertThrows(ExceptionInInitializerError.class, () -> KernelChoice.choose(bits));
            assertEquals("vector width must be 0, 128, 256 or 512: lanewise.vector.bits=" + bits, error.getMessage());
        }
    }

    @Test
    void shouldTakeTheWidthFromTheSystemProperty() throws Exception {
        assertTrue(describe(MODULE, EXPORT, "-Dlanewise.vector.bits=128").contains("SIMD, 128-bit vectors (4 lanes)"));
    }

    @Test
    void shouldNameTheFlagWithoutTheVectorModule() throws Exception {
        String said = describe(EXPORT);
        assertScalar(said, "the vector module is not there; add --add-modules jdk.incubator.vector");
        assertEquals(said.indexOf("many times slower"), said.lastIndexOf("many times slower"), "one warning: " + said);
    }

    @Test
    void shouldDoWithoutAgronasExport() throws Exception {
        String said = describe(MODULE);
        assertTrue(said.contains("SIMD, "), said);
        assertTrue(said.contains("--enable-native-access=ALL-UNNAMED"), said);
        assertFalse(said.contains("many times slower"), said);
    }

    @Test
    void shouldNameTheFlagWhereNativeAccessIsDenied() throws Exception {
        assertScalar(describe(MODULE, "--illegal-native-access=deny"),
                "this JVM denies native access; add --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void shouldNotReachForMemoryInVain() throws Exception {
        String said = describe(MODULE, "-Xint");
        assertScalar(said, "the JVM only interprets; remove -Xint");
        assertFalse(said.contains("--enable-native-access"), said);
    }

    @Test
    void shouldNameTheFlagWithoutC2() throws Exception {
        assertScalar(describe(MODULE, EXPORT, "-Xint"), "the JVM only interprets; remove -Xint");
        assertScalar(describe(MODULE, EXPORT, "-XX:TieredStopAtLevel=1"),
                "the C2 compiler is off; remove -XX:TieredStopAtLevel");
        assertScalar(describe(MODULE, EXPORT, "-XX:TieredStopAtLevel=3"),
                "the C2 compiler is off; remove -XX:TieredStopAtLevel");
    }

    @Test
    void shouldNameTheFlagWithoutFastMultiplyAdd() throws Exception {
        assertScalar(describe(MODULE, EXPORT, "-XX:-UseFMA"),
                "fused multiply-add is off or not in this CPU; if it is off, remove -XX:-UseFMA");
    }

    @Test
    void shouldNameTheFlagForShortVectors() throws Exception {
        assertScalar(describe(MODULE, EXPORT, "-XX:MaxVectorSize=8"),
                "vectors are shorter than 128 bits; if a flag makes them so, remove -XX:MaxVectorSize");
    }

    private static void assertScalar(String said, String reason) {
        assertTrue(said.contains("scalar loops: " + reason), said);
        assertTrue(said.contains("WARNING: Lanewise runs many times slower than it could, on scalar loops: " + reason),
                said);
        assertFalse(said.contains("Exception"), said);
    }

    private static String describe(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Duser.language=en");
        command.addAll(Arrays.asList(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Describe.class.getName()));
        Path file = Files.createTempFile(temporary, "said", ".txt"); // reading a pipe would wait as long as the JVM lives
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file.toFile()).start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String said = new String(Files.readAllBytes(file));
        assertTrue(ended, said);
        return said;
    }
}
