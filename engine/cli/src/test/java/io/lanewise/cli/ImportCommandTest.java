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
        Cli.run("import", source.resolve("pytorch_model.bin"), "-o", folder.resolve("out")).succeeded();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertEquals("[config.json, model.safetensors, tokenizer.json]",
                    files.map(file -> file.getFileName().toString()).sorted().toList().toString());
        }
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
