package io.lanewise.flags;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.gson.stream.JsonReader;
import io.lanewise.Golden;
import io.lanewise.Model;
import io.lanewise.WorstCell;
import io.lanewise.kernels.Kernels;
import io.lanewise.weights.SafetensorsFile;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every set of JVM flags gives the right answer; one flag gives SIMD, and another keeps the JVM from remarking on it. */
@Execution(ExecutionMode.CONCURRENT)
class JvmFlagsTest {

    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    /** What the JVM says of the vector module, whatever one does. */
    private static final String NOTICE = "WARNING: Using incubator modules: jdk.incubator.vector";

    /** What the JVM says of memory that is reached by its address. */
    private static final List<String> NATIVE_ACCESS = List.of(
            "WARNING: A restricted method in java.lang.foreign.MemorySegment has been called",
            "WARNING: java.lang.foreign.MemorySegment::reinterpret has been called by io.lanewise.memory.unchecked.AddressSpace",
            "WARNING: Use --enable-native-access=%s to avoid a warning for callers in this module",
            "WARNING: Restricted methods will be blocked in a future release unless native access is enabled");

    @TempDir
    private Path folder;

    /** What a process printed. */
    private record Said(String out, List<String> errors) {}

    // ---------------------------------------------------------------- class path

    @Test
    void shouldRunScalarLoopsWithoutTheVectorModule() throws Exception {
        assertWithoutModule("");
    }

    @EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
    @ParameterizedTest
    @ValueSource(strings = {"--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED", "--illegal-native-access=deny"})
    void shouldRunScalarLoopsWhateverElseThereIs(String flags) throws Exception {
        assertWithoutModule(flags);
    }

    private void assertWithoutModule(String flags) throws Exception {
        assertScalar("the vector module is not there; add --add-modules jdk.incubator.vector", List.of(),
                onClassPath(flags));
    }

    @Test
    void shouldNeedOneFlagForSimd() throws Exception {
        Said said = onClassPath(MODULE);
        assertTrue(said.out.startsWith("SIMD"), said.toString());
        assertNamesNativeAccess("ALL-UNNAMED", said.errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED"})
    void shouldBeSilentWithOneMore(String flags) throws Exception {
        assertSilentSimd(onClassPath(MODULE + " " + flags));
    }

    @EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
    @Test
    void shouldBeSilentWithBoth() throws Exception {
        assertSilentSimd(onClassPath(MODULE
                + " --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED --enable-native-access=ALL-UNNAMED"));
    }

    @EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
    @ParameterizedTest
    @ValueSource(strings = {"--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED"})
    void shouldBeSilentWithOneMoreWhereNativeAccessIsDenied(String flags) throws Exception {
        assertSilentSimd(onClassPath(MODULE + " --illegal-native-access=deny " + flags));
    }

    @Test
    void shouldRunScalarLoopsWhereNativeAccessIsDenied() throws Exception {
        assertScalar("this JVM denies native access; add --enable-native-access=ALL-UNNAMED", List.of(NOTICE),
                onClassPath(MODULE + " --illegal-native-access=deny"));
    }

    @Test
    void shouldRefuseAnAddressWhereNativeAccessIsDenied() throws Exception {
        List<String> classPath = List.of("-cp", System.getProperty("java.class.path"), BareAddress.class.getName());
        assertEquals("wrapped 1", run("--enable-native-access=ALL-UNNAMED", classPath).out);
        String refused = run("--illegal-native-access=deny", classPath).out;
        assertTrue(refused.startsWith(
                "a tensor over an address takes native access, which this JVM denies; wrap a segment: address="),
                refused);
    }

    // ---------------------------------------------------------------- module path

    @Test
    void shouldNeedNoFlagForSimdOnTheModulePath() throws Exception {
        Said said = onModulePath("");
        assertTrue(said.out.startsWith("SIMD"), said.toString());
        assertNamesNativeAccess("io.lanewise.kernels", said.errors);
    }

    @Test
    void shouldBeSilentWithTheReadmesFlagsOnTheModulePath() throws Exception {
        assertSilentSimd(onModulePath(
                "--add-exports=java.base/jdk.internal.misc=org.agrona --enable-native-access=io.lanewise.kernels"));
    }

    @EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
    @ParameterizedTest
    @ValueSource(strings = {"--add-exports=java.base/jdk.internal.misc=org.agrona",
            "--enable-native-access=io.lanewise.kernels"})
    void shouldBeSilentWithEitherOnTheModulePath(String flags) throws Exception {
        assertSilentSimd(onModulePath(flags));
    }

    @Test
    void shouldRunScalarLoopsWhereNativeAccessIsDeniedOnTheModulePath() throws Exception {
        assertScalar("this JVM denies native access; add --enable-native-access=io.lanewise.kernels", List.of(NOTICE),
                onModulePath("--illegal-native-access=deny"));
    }

    // ---------------------------------------------------------------- runs

    private Said onClassPath(String flags) throws Exception {
        return answerRightly(flags, List.of("-cp", System.getProperty("java.class.path")));
    }

    /** The application itself stays on the class path: its classes are beside other tests'. */
    private Said onModulePath(String flags) throws Exception {
        String modules = Stream.of(Kernels.class, Model.class, DirectBuffer.class, JsonReader.class)
                .map(JvmFlagsTest::place).collect(Collectors.joining(File.pathSeparator));
        return answerRightly(flags, List.of("-p", modules, "--add-modules=io.lanewise.engine", "-cp",
                place(Application.class)));
    }

    private static String place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }

    private Said answerRightly(String flags, List<String> paths) throws Exception {
        Golden golden = Golden.of("lanes/co-attention");
        Path output = folder.resolve("output.safetensors");
        List<String> arguments = new ArrayList<>(paths);
        arguments.addAll(List.of(Application.class.getName(), golden.weights().toString(), golden.input().toString(),
                output.toString()));
        Said said = run(flags, arguments);
        try (SafetensorsFile truth = SafetensorsFile.open(golden.expected());
                SafetensorsFile answer = SafetensorsFile.open(output)) {
            for (String name : List.of("output_q", "output_v")) {
                WorstCell.of(truth.doubles(truth.find(name + ".f64").orElseThrow()),
                        answer.floats(answer.find(name).orElseThrow())).assertWithin(2e-6, flags + " " + name);
            }
        }
        return said;
    }

    private Said run(String flags, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Duser.language=en");
        Arrays.stream(flags.split(" ")).filter(flag -> !flag.isEmpty()).forEach(command::add);
        command.addAll(arguments);
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        int exit = builder.start().waitFor();
        assertEquals(0, exit, Files.readString(errors));
        try (Stream<String> lines = Files.lines(errors)) {
            return new Said(Files.readString(out).strip(), lines.filter(line -> !line.isBlank()).toList());
        }
    }

    // ---------------------------------------------------------------- what they said

    private static void assertSilentSimd(Said said) {
        assertTrue(said.out.startsWith("SIMD"), said.toString());
        assertEquals(List.of(NOTICE), said.errors);
    }

    private static void assertNamesNativeAccess(String module, List<String> errors) {
        assertEquals(1 + NATIVE_ACCESS.size(), errors.size(), errors.toString());
        assertEquals(NOTICE, errors.getFirst());
        for (int line = 0; line < NATIVE_ACCESS.size(); line++) {
            String start = NATIVE_ACCESS.get(line).formatted(module);
            assertTrue(errors.get(1 + line).startsWith(start), errors.toString());
        }
    }

    /** One warning, which the logger starts with a line of its own. */
    private static void assertScalar(String reason, List<String> before, Said said) {
        assertEquals("scalar loops: " + reason, said.out);
        assertEquals(before.size() + 2, said.errors.size(), said.errors.toString());
        assertEquals(before, said.errors.subList(0, before.size()));
        assertEquals("WARNING: Lanewise runs many times slower than it could, on scalar loops: " + reason,
                said.errors.getLast());
    }
}
