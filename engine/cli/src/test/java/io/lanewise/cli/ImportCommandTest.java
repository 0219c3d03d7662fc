package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files from elsewhere become folders and tensors, or one line that says why not; then nothing is written. */
class ImportCommandTest {

    private static final Path FILES = Path.of("..", "importers", "src", "test", "resources", "pth");

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTensors() {
        Path output = folder.resolve("module.safetensors");
        String out = Cli.run("import", FILES.resolve("module-zip.pth"), "-o", output).succeeded();
        assertTrue(out.startsWith("read: 23 tensors, "), out);
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            assertEquals(23, file.tensors().size());
        }
    }

    @Test
    void shouldWriteAFolderOfWhatStandsBeside() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.copy(FILES.resolve("quirks-zip.pth"), source.resolve("pytorch_model.bin"));
        Files.writeString(source.resolve("config.json"), "{\"model_type\": \"bert\"}");
        Files.writeString(source.resolve("tokenizer.json"), "{}");
        Cli.run("import", source.resolve("pytorch_model.bin"), "-o", folder.resolve("out"), "--pooling", "cls")
                .succeeded();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertEquals("[1_Pooling, config.json, model.safetensors, modules.json, tokenizer.json]",
                    files.map(file -> file.getFileName().toString()).sorted().toList().toString());
        }
    }

    @Test
    void shouldSayWhichPoolingWasAssumed() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.copy(FILES.resolve("quirks-zip.pth"), source.resolve("pytorch_model.bin"));
        Files.writeString(source.resolve("config.json"),
                "{\"model_type\": \"bert\", \"architectures\": [\"BertModel\"]}");
        Cli cli = Cli.run("import", source, "-o", folder.resolve("out"));
        assertEquals(0, cli.exit());
        assertTrue(cli.out().contains("pooling: mean, not normalized, assumed"), cli.out());
        assertTrue(cli.err().contains("mean was assumed, not normalized; import anew with --pooling cls"), cli.err());
        assertEquals(1, cli.err().lines().count());
        Files.writeString(source.resolve("config.json"), "{\"architectures\": [\"BertForTokenClassification\"]}");
        Cli.run("import", source, "-o", folder.resolve("labels")).succeeded();
    }

    /** Half of the weights in each file, and an index of which is where. */
    @Test
    void shouldReadShards() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.copy(FILES.resolve("quirks-zip.pth"), source.resolve("pytorch_model-00001-of-00002.bin"));
        Files.copy(FILES.resolve("checkpoint-dict-zip.pth"), source.resolve("pytorch_model-00002-of-00002.bin"));
        String index = "{\"weight_map\": {\"a\": \"pytorch_model-00001-of-00002.bin\", \"b\": \"%s\"}}";
        Files.writeString(source.resolve("pytorch_model.bin.index.json"),
                index.formatted("pytorch_model-00002-of-00002.bin"));
        Path output = folder.resolve("all.safetensors");
        Cli.run("import", source, "-o", output).succeeded();
        try (SafetensorsFile file = SafetensorsFile.open(output);
                SafetensorsFile one = SafetensorsFile.open(FILES.resolve("quirks.safetensors"));
                SafetensorsFile two = SafetensorsFile.open(FILES.resolve("checkpoint-dict.safetensors"))) {
            assertEquals(one.tensors().size() + two.tensors().size(), file.tensors().size());
        }
        Files.writeString(source.resolve("pytorch_model.bin.index.json"), index.formatted("../module.bin"));
        assertTrue(Cli.run("import", source, "-o", output).err().startsWith(
                "lanewise: a shard must be a file beside its index: $.weight_map.b='../module.bin'"));
    }

    @Test
    void shouldInspectWithoutWriting() throws IOException {
        String out = Cli.run("inspect", FILES.resolve("module-legacy-1.1.pth")).succeeded();
        assertTrue(out.contains("task: Count"), out);
        assertTrue(out.contains("tensors: 23, "), out);
        Cli.run("inspect", FILES.resolve("hostile-system-zip.pth")).refused(
                "refused: the file asks to call posix.system, file=" + FILES.resolve("hostile-system-zip.pth"));
        assertNothingWritten();
    }

    @Test
    void shouldNameWhatAFileAsksFor() throws IOException {
        Path file = FILES.resolve("hostile-system-zip.pth");
        Cli.run("import", file, "-o", folder.resolve("out")).refused(
                "refused: the file asks to call posix.system, file=" + file);
        assertNothingWritten();
    }

    @Test
    void shouldSayWhatAFolderLacks() throws IOException {
        Path file = FILES.resolve("module-zip.pth");
        Cli cli = Cli.run("import", file, "-o", folder.resolve("out"));
        assertEquals(2, cli.exit());
        assertTrue(
                cli.err().startsWith("lanewise: a model's folder needs its settings, which such a file does not have: "
                        + "no config.json beside " + file),
                cli.err());
        assertNothingWritten();
    }

    @Test
    void shouldRefuseWhatIsNoModel() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "not a model at all");
        Cli cli = Cli.run("import", file, "-o", folder.resolve("out"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().startsWith("lanewise: file must be an ONNX file: file=" + file), cli.err());
        assertEquals(1, cli.err().lines().count());
    }

    @Test
    void shouldLeaveAFolderWithFilesAsItIs() throws IOException {
        Files.writeString(folder.resolve("precious"), "");
        Path file = FILES.resolve("module-zip.pth");
        Cli cli = Cli.run("import", file, "-o", folder);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("folder to write must not be there yet, or be empty"), cli.err());
    }

    // ---------------------------------------------------------------- layers

    private static final Golden HGA = Golden.ofHga("count-tiny-pth");
    private static final String[] SAID = {"--set", "task=Count", "--set", "fusion_type=coattn", "--set",
            "ablation=none"};

    private static Cli cli(List<Object> arguments, String... options) {
        return Cli.run(Stream.concat(arguments.stream(), Arrays.stream(options)).toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights-legacy.pth", "weights-zip.pth"})
    void shouldMakeAnHgaThatRuns(String name) throws IOException {
        Path weights = HGA.folder().resolve(name);
        Path imported = folder.resolve("hga.safetensors");
        String out = cli(List.of("import", weights, "-o", imported), SAID).succeeded();
        assertTrue(out.endsWith("layer: hga" + System.lineSeparator()), out);
        Path output = folder.resolve("output.safetensors");
        Cli.run("run", imported, HGA.input(), "-o", output, "--stages").succeeded();
        try (SafetensorsFile truth = SafetensorsFile.open(HGA.expected());
                SafetensorsFile file = SafetensorsFile.open(output)) {
            assertArrayEquals(truth.longs(truth.find("prediction").orElseThrow()),
                    file.longs(file.find("prediction").orElseThrow()));
            for (String stage : List.of("q_encoded", "v_fused", "adjacency", "local", "output")) {
                assertArrayEquals(truth.doubles(truth.find(stage + ".f64").orElseThrow()),
                        file.doubles(file.find(stage).orElseThrow()), 2e-5, stage);
            }
        }
        Path direct = folder.resolve("direct.safetensors");
        cli(List.of("run", weights, HGA.input(), "-o", direct, "--stages"), SAID).succeeded();
        assertEquals(-1, Files.mismatch(output, direct));
    }

    @Test
    void shouldAskForWhatAnHgasTensorsDoNotShow() {
        Path imported = folder.resolve("hga.safetensors");
        Cli cli = Cli.run("import", HGA.folder().resolve("weights-zip.pth"), "-o", imported, "--set",
                "ablation=none");
        assertEquals(0, cli.exit());
        assertEquals("lanewise: an hga's tensors do not show its task, fusion_type: say so with --set, such as --set "
                + "task=Count, here or to run; fusion_type is coattn otherwise, and ablation none", cli.err().strip());
        Cli.run("run", imported, HGA.input(), "-o", folder.resolve("output")).refused(
                "setting must be in the metadata or given as an option: missing task");
    }

    @Test
    void shouldNoteAKindOfLayerForTensorsAlone() {
        Path output = folder.resolve("gru.safetensors");
        Path weights = FILES.resolve("module-zip.pth");
        Cli noted = Cli.run("import", weights, "-o", output, "--layer", "gru");
        assertEquals(0, noted.exit());
        assertTrue(noted.err().startsWith("lanewise: written, but not a layer that can be run: "), noted.err());
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            assertEquals("gru", file.metadata().get("layer"));
            assertEquals("Count", file.metadata().get("task")); // the module's own
        }
        Cli.run("import", weights, "-o", folder.resolve("out"), "--layer", "gru").refused(
                "--layer and --set must come with a file of tensors: output=" + folder.resolve("out"));
        Cli kind = Cli.run("import", weights, "-o", output, "--layer", "grus");
        assertEquals(2, kind.exit());
        assertTrue(kind.err().startsWith("lanewise: layer must be one of "), kind.err());
        Cli setting = Cli.run("import", weights, "-o", output, "--set", "tasks=Count");
        assertEquals(2, setting.exit());
        assertTrue(setting.err().startsWith("lanewise: setting must be one of "), setting.err());
    }

    private void assertNothingWritten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
