package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.weights.SafetensorsWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Every mistake with {@code lanewise run} is one line, exits with 2, and leaves an existing output as it was. */
class RunMistakesTest {

    private static final Path WEIGHTS = Golden.of("lanes/co-attention").weights();
    private static final Path INPUT = Golden.of("lanes/co-attention").input();

    @TempDir
    private Path folder;
    private Path output;

    @BeforeEach
    void writeOutput() throws IOException {
        output = Files.writeString(folder.resolve("output.safetensors"), "old");
    }

    @AfterEach
    void shouldLeaveTheOutputAndNothingBesideIt() throws IOException {
        assertEquals("old", Files.readString(output));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--threads 0 | threads must be at least 1: threads=0",
            "--threads -1 | threads must be at least 1: threads=-1",
            "--threads 1025 | threads must be at most 1024: threads=1025",
            "--heads 0 | heads must be at least 1: heads=0",
            "--planner-off prune,magic | planner pass must be one of [prune, share, split, repeat, narrow, lift, fold, join, fuse, reuse]: pass=magic",
            "--set hidden=2147483647 | hidden must be at most 16777216: hidden=2147483647",
            "--set hidden=0 | hidden must be a whole number of at least 1: hidden=0",
            "--frob | Unknown option: '--frob'; see lanewise run --help",
            "--threads two | Invalid value for option '--threads': must be a whole number, not 'two'; see lanewise run --help",
            "--executor gpu | Invalid value for option '--executor': must be plan or reference, not 'gpu'; see lanewise run --help",
            "--empty-attention one | Invalid value for option '--empty-attention': must be zero or nan, not 'one'; "
                    + "see lanewise run --help",
            "--set scale | Value for option option '--set' (NAME=VALUE) should be in KEY=VALUE format but was scale; "
                    + "see lanewise run --help",
            "--set sclae=1 | setting must be one of layer, hidden, heads, ffn, layers, scale, key_mask, residual, position, "
                    + "max_len, q_max_len, v_max_len, task, fusion_type, ablation, tf_layers, gcn_layers, rnn_cell, rnn_layers, "
                    + "bidirectional, s_rnn_cell, s_rnn_layers, s_bidirectional, v_rnn_cell, v_rnn_layers, v_bidirectional, "
                    + "vocab, embedding, resnet, c3d, answers, mm_dim, chunks, rank, input, input0, input1, output: "
                    + "--set sclae=1",
            "extra | Unmatched argument at index 5: 'extra'; see lanewise run --help"})
    void shouldRefuseAnOption(String options, String message) {
        List<Object> arguments = new ArrayList<>(List.of("run", WEIGHTS, INPUT, "-o", output));
        arguments.addAll(List.of(options.split(" ")));
        Cli.run(arguments.toArray()).refused(message);
    }

    @Test
    void shouldRefuseMissingArguments() {
        Cli.run("run").refused("Missing required parameters: 'WEIGHTS|FOLDER', 'INPUT'; see lanewise run --help");
        Cli.run("run", WEIGHTS, INPUT).refused("Missing required option: '--output=OUTPUT'; see lanewise run --help");
    }

    @Test
    void shouldRefuseHeadsThatDoNotDivide() {
        Golden golden = Golden.of("lanes/masked-multi-head-attention");
        Cli.run("run", golden.weights(), golden.input(), "-o", output, "--heads", "7")
                .refused("heads must divide hidden: heads=7, hidden=48");
    }

    @Test
    void shouldRefuseFilesThatAreNotThereOrNotSafetensors() throws IOException {
        Path missing = folder.resolve("missing");
        Path text = Files.writeString(folder.resolve("text"), "short");
        Cli.run("run", missing, INPUT, "-o", output).refused("file must exist: file=" + missing);
        Cli.run("run", WEIGHTS, missing, "-o", output).refused("file must exist: file=" + missing);
        Cli.run("run", WEIGHTS, text, "-o", output)
                .refused("file must be at least 8 bytes: file=" + text + ", file bytes=5");
        Cli.run("run", WEIGHTS, "@" + text, "-o", output).refused("file must exist: file=@" + text);
    }

    @Test
    void shouldShowANameWithLineBreaksOnOneLine() {
        Cli.run("run", "a\nb", INPUT, "-o", output).refused("file must exist: file=a\\u000ab");
    }

    @Test
    void shouldRefuseAnOutputThatCannotBeWritten() {
        Path elsewhere = folder.resolve("missing/output.safetensors");
        Cli.run("run", WEIGHTS, INPUT, "-o", elsewhere)
                .refused("directory of the file to write must exist: file=" + elsewhere);
        Cli.run("run", WEIGHTS, INPUT, "-o", folder).refused("file to write must not be a directory: file=" + folder);
    }

    @Test
    void shouldRefuseAnOutputThatIsAnInput() throws IOException {
        Path input = Files.copy(INPUT, folder.resolve("input.safetensors"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), input);
        Cli.run("run", WEIGHTS, input, "-o", link)
                .refused("output must be another file than the inputs: output=" + link + ", input=" + input);
        assertEquals(-1, Files.mismatch(INPUT, input));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "reference"})
    void shouldRefuseInputsThatDoNotFit(String executor) {
        refused(executor, floats("question", 1, 2, 48),
                "co-attention takes the inputs question, video: missing input video");
        refused(executor, floats("question", 1, 2, 48).addFloats("speech", List.of(1L), new float[1]),
                "co-attention takes the inputs question, video: unexpected input speech");
        refused(executor, both(1, 2, 47), "input must be [batch, length, 48]: video is [1, 2, 47]");
        refused(executor, both(2, 2, 48), "inputs must have the same batch: video is [2, 2, 48], batch=1");
        refused(executor, both(1, 0, 48), "input must have at least one sample and one row: video is [1, 0, 48]");
        refused(executor, both(1, 2, 48).addLongs("video_lengths", List.of(1L), new long[]{3}),
                "lengths must not exceed the padded length: video lengths[0]=3, padded length=2");
        refused(executor, both(1, 2, 48).addLongs("video_lengths", List.of(1L), new long[]{-1}),
                "lengths must not be negative: video lengths[0]=-1");
        refused(executor, SafetensorsWriter.create(), "the inputs must be [question, video]: missing input question");
    }

    @Test
    void shouldRefuseDoubles() {
        refused("plan", floats("question", 1, 2, 48).addDoubles("video", List.of(1L, 1L, 1L), new double[1]),
                "input must be F32: 'video' is F64 [1, 1, 1]");
    }

    private void refused(String executor, SafetensorsWriter inputs, String message) {
        Path input = folder.resolve("input.safetensors");
        inputs.writeTo(input);
        Cli.run("run", WEIGHTS, input, "-o", output, "--executor", executor).refused(message);
    }

    private static SafetensorsWriter both(int batch, int length, int features) {
        return addFloats(floats("question", 1, 2, 48), "video", batch, length, features);
    }

    private static SafetensorsWriter floats(String name, int batch, int length, int features) {
        return addFloats(SafetensorsWriter.create(), name, batch, length, features);
    }

    private static SafetensorsWriter addFloats(SafetensorsWriter writer, String name, int batch, int length,
            int features) {
        return writer.addFloats(name, List.of((long) batch, (long) length, (long) features),
                new float[batch * length * features]);
    }
}
