package io.lanewise.importers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.importers.Pooling.Source;
import io.lanewise.importers.onnx.TinyEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How sentences are pooled is what the options say, or files beside the graph, or the graph; what nobody says is said to be assumed. */
class PoolingTest {

    private static final ImportOptions NONE = ImportOptions.defaults();

    private static final String MODULES = """
            [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
             {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
            """;
    private static final String CLS = "{\"word_embedding_dimension\": 6, \"pooling_mode_cls_token\": true, "
            + "\"pooling_mode_mean_tokens\": false}";

    @TempDir
    private Path folder;

    private Path graph(boolean pools) throws IOException {
        TinyEncoder tiny = new TinyEncoder();
        if (pools) {
            new EncoderHeads(tiny).mean();
        }
        Path file = Files.createDirectories(folder.resolve("onnx")).resolve("model.onnx");
        Files.write(file, (pools ? tiny.writer().model(12) : tiny.model("last_hidden_state")).build().toByteArray());
        return file;
    }

    private static Optional<Pooling> pooling(Path file, ImportOptions options) {
        try (ImportedModel model = OnnxImporter.read(file)) {
            return model.pooling(options);
        }
    }

    private void write(Path parent, String name, String text) throws IOException {
        Files.createDirectories(parent.resolve(name).getParent());
        Files.writeString(parent.resolve(name), text);
    }

    @Test
    void shouldSayWhatIsAssumed() throws IOException {
        assertEquals(Optional.of(new Pooling("mean", false, Source.ASSUMED)), pooling(graph(false), NONE));
        assertEquals(Optional.of(new Pooling("mean", true, Source.ASSUMED)),
                pooling(graph(false), NONE.normalize(true)));
    }

    @Test
    void shouldTakeWhatTheGraphSays() throws IOException {
        assertEquals(Optional.of(new Pooling("mean", true, Source.GRAPH)), pooling(graph(true), NONE));
        assertEquals(Optional.of(new Pooling("mean", false, Source.GRAPH)),
                pooling(graph(true), NONE.normalize(false)));
    }

    @ParameterizedTest
    @CsvSource({"onnx", "''"})
    void shouldTakeWhatFilesSay(String beside) throws IOException {
        Path file = graph(false);
        write(folder.resolve(beside), "1_Pooling/config.json", CLS);
        assertEquals(Optional.of(new Pooling("cls", false, Source.FILES)), pooling(file, NONE));
        write(folder.resolve(beside), "modules.json", MODULES);
        assertEquals(Optional.of(new Pooling("modules.json", true, Source.FILES)), pooling(file, NONE));
    }

    @Test
    void shouldTakeTheOptionFirst() throws IOException {
        Path file = graph(true);
        write(folder, "1_Pooling/config.json", CLS);
        write(folder, "modules.json", MODULES);
        assertEquals(Optional.of(new Pooling("max", true, Source.OPTION)), pooling(file, NONE.pooling("max")));
    }

    @ParameterizedTest
    @CsvSource({"mean, AllRows[pooling=MEAN]", "cls, OneRow[row=FIRST]", "max, AllRows[pooling=MAX]",
            "mean_sqrt_len_tokens, AllRows[pooling=MEAN_SQRT_LENGTH]", "weightedmean, AllRows[pooling=WEIGHTED_MEAN]",
            "lasttoken, OneRow[row=LAST]"})
    void shouldWriteWhatTheLibraryReads(String pooling, String part) throws IOException {
        Path target = folder.resolve("target");
        try (ImportedModel model = OnnxImporter.read(graph(false))) {
            model.writeFolder(target, NONE.pooling(pooling).normalize(true));
        }
        assertEquals("[Pool[parts=[%s], withPrompt=true], Normalize[]]".formatted(part),
                ModelFolder.modules(target).toString());
    }

    /** Older folders have the encoder within: what is written has it at the top, where its tokenizer is looked for, too. */
    @Test
    void shouldWriteTheEncoderAtTheTop() throws IOException {
        write(folder, "modules.json", MODULES.replace("\"path\": \"\"", "\"path\": \"0_Transformer\""));
        write(folder, "1_Pooling/config.json", CLS);
        Path encoder = Files.createDirectory(folder.resolve("0_Transformer"));
        Path target = folder.resolve("target");
        try (ImportedModel model = OnnxImporter.read(Files.move(graph(false), encoder.resolve("model.onnx")))) {
            model.writeFolder(target, NONE);
        }
        assertEquals(target, ModelFolder.encoderOf(target));
        assertEquals(ModelFolder.modules(folder), ModelFolder.modules(target));
        assertFalse(Files.exists(target.resolve("0_Transformer")));
    }

    @Test
    void shouldRefuseModulesOfOddNames() throws IOException {
        write(folder, "modules.json", MODULES.replace("1_Pooling", "pool/1"));
        write(folder, "pool/1/config.json", CLS);
        try (ImportedModel model = OnnxImporter.read(graph(false))) {
            assertRefused("a module's folder must have a plain name: $[1].path='pool/1'",
                    () -> model.writeFolder(folder.resolve("target"), NONE));
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFit() throws IOException {
        assertRefused("pooling must be one of mean, cls,", () -> NONE.pooling("median"));
        Path file = graph(false);
        assertRefused("words are pooled where there is a masked-language head",
                () -> pooling(file, NONE.pooling("splade")));
        write(folder, "modules.json", MODULES);
        write(folder, "1_Pooling/config.json", CLS);
        assertRefused("modules.json says whether vectors are of length 1",
                () -> pooling(file, NONE.normalize(false)));
        Files.delete(folder.resolve("modules.json"));
        write(folder, "1_Pooling/config.json", "{\"pooling_mode_cls_token\": true, \"pooling_mode_max_tokens\": true}");
        assertRefused("pooling without modules.json must have one mode", () -> pooling(file, NONE));
    }

    private static void assertRefused(String expected, Runnable work) {
        String message = assertThrows(LanewiseException.class, work::run).getMessage();
        assertTrue(message.startsWith(expected), message);
    }
}
