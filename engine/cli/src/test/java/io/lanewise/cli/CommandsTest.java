package io.lanewise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.weights.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The commands but {@code run}, and what they share. */
@Isolated("the doctor waits for the compiler, which others would keep busy")
class CommandsTest {

    private static final Path WEIGHTS = Golden.of("lanes/co-attention").weights();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"run", "tokens", "embed", "rerank", "classify", "entities", "similar", "verify", "explain",
            "heatmap", "inspect", "doctor"})
    void shouldHelpWithAnExample(String command) {
        assertTrue(Cli.run("--help").succeeded().contains("  " + command + " "));
        String help = Cli.run(command, "--help").succeeded();
        assertTrue(help.startsWith("Usage: lanewise " + command), help);
        assertTrue(help.contains("Example") && help.contains("  lanewise " + command), help);
    }

    @Test
    void shouldTellTheVersion() {
        assertTrue(Cli.run("--version").succeeded().startsWith("lanewise "));
    }

    @Test
    void shouldRefuseWhatIsNoCommand() {
        Cli.run()
                .refused(
                        "a command must be given, one of run, tokens, embed, rerank, classify, entities, similar, import, verify, explain, heatmap, inspect, doctor; see lanewise --help");
        Cli.run("walk").refused(
                "command must be one of run, tokens, embed, rerank, classify, entities, similar, import, verify, explain, heatmap, inspect, doctor: command=walk; see lanewise --help");
        Cli.run("--walk").refused("Unknown option: '--walk'; see lanewise --help");
    }

    @Test
    void shouldExplainThePlan() {
        String text = Cli.run("explain", WEIGHTS, "--length", "question=5,7", "--length", "video=3,4").succeeded();
        assertTrue(text.startsWith("layer co-attention, planned for "), text);
        assertTrue(text.contains("for 2 sample(s) of {question=[5, 7], video=[3, 4]}"), text);
        String off = Cli.run("explain", WEIGHTS, "--planner-off", "share").succeeded();
        assertTrue(off.contains("share    off"), off);
    }

    @Test
    void shouldExplainThePlanThatTheLengthsAreRunBy() {
        Path weights = Golden.of("lanes/co-attention").weights();
        String few = "for samples with at most as many valid rows of question as of video";
        String many = "for samples with at most as many valid rows of video as of question";
        String usual = Cli.run("explain", weights, "--length", "question=15", "--length", "video=80").succeeded();
        assertTrue(usual.contains(few) && !usual.contains(many), usual);
        String other = Cli.run("explain", weights, "--length", "question=80", "--length", "video=15").succeeded();
        assertTrue(!other.contains(few) && other.contains(many), other);
        assertTrue(other.contains("planned             276,480 multiply-adds"), other);
        String both = Cli.run("explain", weights, "--length", "question=15,80", "--length", "video=80,15").succeeded();
        assertTrue(both.contains(few) && both.contains(many), both);
    }

    @Test
    void shouldExplainWithMoreInputs() {
        Path weights = Golden.of("lanes/single-attention").weights();
        String text = Cli.run("explain", weights, "--input", "query,key,value", "--planner-off", "fold").succeeded();
        assertTrue(text.contains("linear_v%10 = value"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--length question | length must be NAME=N,N,... with every name once: --length question",
            "--length question=1 --length question=2 | length must be NAME=N,N,... with every name once: --length question=2",
            "--length question=1,x | length must be whole numbers from 0 to 1000000: --length question=1,x",
            "--length question=1000001 | length must be whole numbers from 0 to 1000000: --length question=1000001",
            "--length speech=1 | length must name one of [question, video]: length=speech",
            "--length question=1,2 --length video=1 | lengths must be one a sample and not negative: video=[1], samples=2",
            "--input question,speech | co-attention takes the inputs question, video: unexpected input speech"})
    void shouldRefuseToExplain(String options, String message) {
        List<Object> arguments = new ArrayList<>(List.of("explain", WEIGHTS));
        arguments.addAll(List.of(options.split(" ")));
        Cli.run(arguments.toArray()).refused(message);
    }

    @Test
    void shouldInspectAFileAndEscapeItsText() {
        Path file = folder.resolve("file.safetensors");
        SafetensorsWriter.create().metadata("note", "\u001b[31mred\n").addFloats("a\tb", List.of(2L, 3L), new float[6])
                .addLongs("lengths", List.of(), new long[1]).writeTo(file);
        assertEquals("""
                file: %s
                metadata: 1
                  note: \\u001b[31mred\\u000a
                tensors: 2, 7 elements, 32 bytes
                  I64 []                            8 bytes  lengths
                  F32 [2, 3]                       24 bytes  a\\u0009b
                """.formatted(file), Cli.run("inspect", file).succeeded().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void shouldRefuseToInspectWhatIsNotThere() {
        Path missing = folder.resolve("missing");
        Cli.run("inspect", missing).refused("file must exist: file=" + missing);
        Cli.run("inspect").refused("Missing required parameter: 'FOLDER|FILE'; see lanewise inspect --help");
    }

    @Test
    void shouldEndTheDoctorsReportWithAVerdict() {
        Cli doctor = Cli.run("doctor");
        List<String> lines = doctor.out().lines().toList();
        assertEquals("", doctor.err());
        assertEquals("flag       --add-modules jdk.incubator.vector: present; it buys SIMD", lines.get(5));
        assertEquals(
                "flag       --add-exports java.base/jdk.internal.misc=ALL-UNNAMED: present; it buys Agrona's buffers as "
                        + "tensors, and no warning of native access",
                lines.get(6));
        assertTrue(lines.get(7).startsWith("flag       --enable-native-access=ALL-UNNAMED: "), lines.get(7));
        assertTrue(lines.get(7).endsWith("; it buys no warning of native access"), lines.get(7));
        boolean scalar = lines.get(4).startsWith("kernels    scalar");
        assertEquals(scalar ? 2 : 0, doctor.exit());
        assertTrue(lines.getLast().startsWith(scalar ? "to change: " : "ok, "), lines.getLast());
    }
}
