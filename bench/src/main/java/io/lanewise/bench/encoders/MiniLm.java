package io.lanewise.bench.encoders;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.encoders.Encoder;
import io.lanewise.encoders.EncoderConfig;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.encoders.SentenceModule;
import io.lanewise.graph.Pooling;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.tokenizers.Truncation;

/** all-MiniLM-L6-v2 as it comes in LangChain4j's artifacts: an ONNX file, its int8 twin, and a tokenizer. */
public final class MiniLm {

    private static final String MODEL = "/all-minilm-l6-v2.onnx";
    private static final String QUANTIZED = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

    /** What the hub has beside the weights, as far as it tells how rows become a vector. */
    private static final String MODULES = """
            [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
             {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
            """;
    private static final String POOLING = "{\"word_embedding_dimension\": 384, \"pooling_mode_mean_tokens\": true}";

    private MiniLm() {}

    /** Returns the bytes of the ONNX file. */
    public static byte[] model() {
        return resource(MODEL);
    }

    /** Returns the bytes of its int8 twin, which only a build with the peers has. */
    public static byte[] quantized() {
        return resource(QUANTIZED);
    }

    private static byte[] resource(String name) {
        try (InputStream in = MiniLm.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("an artifact must bring the resource: resource=" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the encoder; the caller closes it, or the model that it is handed to. */
    static Encoder encoder() {
        try (ImportedModel imported = imported()) {
            ModelFolder folder = new ModelFolder(Path.of("all-MiniLM-L6-v2"),
                    new EncoderConfig(imported.config().orElseThrow()),
                    List.of(new SentenceModule.Pool(List.of(new SentenceModule.AllRows(Pooling.MEAN))),
                            new SentenceModule.Normalize()),
                    true);
            return Encoder.of(folder, imported.checkpoint());
        }
    }

    private static ImportedModel imported() {
        try (InputStream in = MiniLm.class.getResourceAsStream(MODEL)) {
            return OnnxImporter.read(in, MODEL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the model as the folder that the hub has. */
    static void writeFolder(Path folder) throws IOException {
        Path tokenizer = Files.createTempFile("tokenizer-", ".json");
        try (ImportedModel imported = imported()) {
            Files.write(tokenizer, resource(TOKENIZER));
            imported.writeFolder(folder, tokenizer);
        } finally {
            Files.delete(tokenizer);
        }
        Files.writeString(folder.resolve("modules.json"), MODULES);
        Files.createDirectory(folder.resolve("1_Pooling"));
        Files.writeString(folder.resolve("1_Pooling").resolve("config.json"), POOLING);
    }

    /** Returns the tokenizer. */
    static Tokenizer tokenizer() {
        try {
            Path copy = Files.createTempFile("tokenizer-", ".json");
            try {
                Files.write(copy, resource(TOKENIZER));
                return Tokenizer.load(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the ids of English prose, cut to so many tokens; every number another text. */
    static int[] ids(int tokens, int text) {
        return Prepared.TOKENIZER.ids(English.prose(tokens, text),
                EncodingOptions.defaults().truncation(Truncation.to(tokens)));
    }

    /** Loaded when it is first needed. */
    private static final class Prepared {
        private static final Tokenizer TOKENIZER = tokenizer();
    }
}
