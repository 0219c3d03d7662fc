package io.lanewise.importers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import io.lanewise.tokenizers.Tokenizer;

/**
 * Loads embedders straight from ONNX files and from resources of the class path, which may lie in jars within jars. Everything is
 * read into memory: nothing is written anywhere, so that a file system may be read-only. The weights stay on the heap until the
 * embedder is closed, four bytes each.
 *
 * <pre>
 *   ImportOptions mean = ImportOptions.defaults().pooling("mean").normalize(true);
 *   try (TextEmbedder embedder = OnnxEmbedder.ofResource(loader, "all-minilm-l6-v2.onnx", mean, TextOptions.defaults())) {
 *       float[] vector = embedder.embed("How do I get my money back?");
 *   }
 * </pre>
 *
 * <p>How rows become a sentence's vector is not guessed: the options say it, or files beside the graph, or the graph itself; else
 * loading is refused.
 */
public final class OnnxEmbedder {

    private static final String TOKENIZER = "tokenizer.json";

    private OnnxEmbedder() {}

    /**
     * Loads a file, and the tokenizer and settings beside it.
     *
     * @throws LanewiseException if something is missing, does not fit, or is not known, the pooling included
     */
    public static TextEmbedder load(Path file, ImportOptions options, TextOptions texts) {
        try (ImportedModel model = OnnxImporter.read(file)) {
            Companions companions = model.companions();
            Path tokenizer = options.tokenizer() == null ? companions.tokenizer() : options.tokenizer();
            Tokenizer loaded = Tokenizer.load(tokenizer == null ? companions.folder() : tokenizer);
            return TextEmbedder.of(model.encoder(options), loaded, texts);
        }
    }

    /**
     * Loads a resource, and the tokenizer in the same place: {@code NAME-tokenizer.json} beside {@code NAME.onnx}, or
     * {@code tokenizer.json}; unless the options name a file.
     *
     * @param resource the path within the class path, with or without a leading slash
     * @throws LanewiseException if something is missing, does not fit, or is not known, the pooling included
     */
    public static TextEmbedder ofResource(ClassLoader loader, String resource, ImportOptions options,
            TextOptions texts) {
        String name = resource.startsWith("/") ? resource.substring(1) : resource;
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw missing(name);
            }
            try (ImportedModel model = OnnxImporter.read(in, name)) {
                Tokenizer tokenizer = options.tokenizer() == null
                        ? tokenizer(loader, name)
                        : Tokenizer.load(options.tokenizer());
                return TextEmbedder.of(model.encoder(options), tokenizer, texts);
            }
        } catch (IOException e) {
            throw new LanewiseException("resource must be readable: resource=" + LanewiseException.quote(name), e);
        }
    }

    private static Tokenizer tokenizer(ClassLoader loader, String name) throws IOException {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        List<String> files = List.of(Companions.stem(name) + "-" + TOKENIZER, folder + TOKENIZER);
        for (String file : files) {
            try (InputStream in = loader.getResourceAsStream(file)) {
                if (in != null) {
                    return Tokenizer.read(in, file);
                }
            }
        }
        throw missing(String.join(" or ", files));
    }

    private static LanewiseException missing(String resource) {
        return new LanewiseException(
                "resource must be on the class path: resource=" + LanewiseException.quote(resource));
    }
}
