package io.lanewise.bench.encoders;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.lanewise.encoders.Encoder;
import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxEmbedder;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.tokenizers.Truncation;

/** all-MiniLM-L6-v2 as it comes in LangChain4j's artifacts: an ONNX file, its int8 twin, and a tokenizer. */
public final class MiniLm {

    private static final String MODEL = "/all-minilm-l6-v2.onnx";
    private static final String QUANTIZED = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";

    private static final ImportOptions POOLING = ImportOptions.defaults().pooling("mean").normalize(true);

    /** The rows of the table of positions: no text that is measured is cut. */
    private static final int MAX_TOKENS = 512;

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
        try (InputStream in = MiniLm.class.getResourceAsStream(MODEL);
                ImportedModel imported = OnnxImporter.read(in, MODEL)) {
            return imported.encoder(POOLING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an embedder with the usual options; the caller closes it. */
    static TextEmbedder embedder() {
        return OnnxEmbedder.ofResource(MiniLm.class.getClassLoader(), MODEL, POOLING,
                TextOptions.defaults().maxTokens(MAX_TOKENS));
    }

    /** Writes a model's folder, as the importer makes it of the ONNX file and the tokenizer. */
    public static void importTo(Path folder) throws IOException {
        Path tokenizer = Files.createTempFile("tokenizer", ".json");
        try (InputStream in = MiniLm.class.getResourceAsStream(MODEL);
                ImportedModel imported = OnnxImporter.read(in, MODEL)) {
            Files.write(tokenizer, resource(TOKENIZER));
            imported.writeFolder(folder, POOLING.tokenizer(tokenizer));
        } finally {
            Files.delete(tokenizer);
        }
    }

    /** Returns the tokenizer. */
    static Tokenizer tokenizer() {
        return Tokenizer.read(new ByteArrayInputStream(resource(TOKENIZER)), TOKENIZER);
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
