package io.lanewise;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.lanewise.RandomInputs.Padding;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.KernelStatus.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Starts JVMs and compares the bits of their first, second and thousandth answers, while twins give way to SIMD kernels. */
class ServingTest {

    private static final int RUNS = 1000;
    private static final String KIND = Tries.of(0, 1) == 0 ? "self-attention" : "self-transformer";

    /** A JVM takes seconds; on a busy machine trials of three copies take their time. */
    private static final int MOST_MINUTES = 5;

    @TempDir
    private static Path temporary;
    private static Said spoiltSaid;

    /** What the JVMs run: prints the hash of every answer that differs from the one before, then how the kernels run. */
    static final class Service {
        public static void main(String[] arguments) {
            RandomLayer layer = RandomLayer.of(KIND, 64, 4).withHeads(2);
            SessionOptions options = SessionOptions.defaults().maxBatch(5).maxLength(64);
            try (Model model = layer.model(); Session session = model.newSession(options)) {
                Inputs inputs = RandomInputs.of(model, 5, 64, Padding.LENGTHS, 8).inputs();
                int before = 0;
                for (int run = 0; run < RUNS; run++) {
                    before = tell(before, session.run(inputs));
                }
                List<WarmUpProgress> progress = new ArrayList<>();
                session.warmUp(progress::add);
                tell(before, session.run(inputs));
                System.out.println(progress.getLast());
            }
            Lanewise.kernels().forEach(System.out::println);
            System.out.println(Lanewise.describe());
        }

        private static int tell(int before, Outputs outputs) {
            int hash = Arrays.hashCode(outputs.segment("output").toArray(ValueLayout.JAVA_INT_UNALIGNED));
            if (hash != before) {
                System.out.println("answer " + hash);
            }
            return hash;
        }
    }

    private record Said(List<String> lines) {

        List<String> answers() {
            return lines.stream().filter(line -> line.startsWith("answer ")).toList();
        }

        String status(KernelForm form) {
            return lines.stream().filter(line -> line.contains("form=" + form + ",")).collect(Collectors.joining());
        }

        boolean has(String text) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }

    @BeforeEach
    void requireOneOfTheJvms() {
        assumeTrue(System.getProperty("lanewise.vector.bits") == null, "it starts a JVM of each width by itself");
    }

    @EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
    @ParameterizedTest
    @ValueSource(strings = {"256", "512", "0"})
    void shouldGiveTheSameBitsFromTheFirstAnswerOn(String bits) throws Exception {
        Said said = run("-Dlanewise.vector.bits=" + bits);
        assertEquals(1, said.answers().size(), said.toString());
        assertFalse(said.has("state=" + State.WAITING), said.toString());
    }

    @EnabledIfSystemProperty(named = "lanewise.tests.long", matches = "true")
    @Test
    void shouldServeBySimdOnceCompiled() throws Exception {
        Said said = run("-Dlanewise.vector.bits=128");
        assertEquals(new KernelStatus(KernelForm.MATMUL, State.SIMD, 1).toString(), said.status(KernelForm.MATMUL));
        assertFalse(said.has("state=" + State.SCALAR), said.toString());
        assertFalse(said.has("state=" + State.WAITING), said.toString());
        assertEquals(spoilt().answers(), said.answers());
        assertTrue(said.lines.getLast().endsWith("tile 6x2"), said.toString());
    }

    @Test
    void shouldStayOnTheTwinOfAKernelThatIsNeverClean() throws Exception {
        Said said = spoilt();
        assertEquals(1, said.answers().size(), said.toString());
        assertEquals(new KernelStatus(KernelForm.MASKED_SOFTMAX, State.SCALAR, 3).toString(),
                said.status(KernelForm.MASKED_SOFTMAX));
        assertEquals(1, said.lines.stream().filter(line -> line.contains("kernel=masked softmax, because C2")).count(),
                said.toString());
        assertTrue(said.has("waiting=[], scalar=[masked softmax]"), said.toString());
        assertTrue(said.lines.getLast().endsWith("; scalar loops for good: masked softmax"), said.toString());
    }

    @Test
    void shouldServeByASecondCopyAndOthersByTheFirst() throws Exception {
        Said said = spoilt();
        assertEquals(1, said.answers().size(), said.toString());
        assertEquals(new KernelStatus(KernelForm.MATMUL, State.SIMD, 2).toString(), said.status(KernelForm.MATMUL));
        assertEquals(new KernelStatus(KernelForm.ROW_SCORES, State.SIMD, 1).toString(),
                said.status(KernelForm.ROW_SCORES));
        assertEquals(1, said.lines.stream().filter(line -> line.contains("WARNING: Lanewise")).count(),
                said.toString()); // of the other kernel
    }

    /** Returns what a JVM says of whose kernels one is never clean, and of another the first copy; at a width that every CPU has. */
    private static synchronized Said spoilt() throws IOException, InterruptedException {
        if (spoiltSaid == null) {
            spoiltSaid = run("-Dlanewise.vector.bits=128", "-Dlanewise.kernels.spoilt=MASKED_SOFTMAX,MATMUL:1");
        }
        return spoiltSaid;
    }

    private static Said run(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Duser.language=en", "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(Arrays.asList(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Service.class.getName()));
        Path said = Files.createTempFile(temporary, "said", ".txt"); // reading a pipe would wait as long as the JVM lives
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        List<String> lines = new String(Files.readAllBytes(said)).lines().toList();
        assertTrue(ended, () -> "a JVM must end in time: minutes=" + MOST_MINUTES + ", said=" + lines);
        assertEquals(0, process.exitValue(), lines.toString());
        return new Said(lines);
    }
}
