package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.lanewise.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private void assertNothingWritten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
