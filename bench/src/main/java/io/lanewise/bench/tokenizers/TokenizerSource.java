package io.lanewise.bench.tokenizers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * A {@code tokenizer.json} that is measured: that of all-MiniLM-L6-v2, which comes in an artifact, and those in the folder that
 * {@code -Dbench.tokenizers} names, since no artifact has one of the other kinds.
 *
 * @param name of the tokenizer
 * @param kind the type of its model, such as {@code wordpiece}
 * @param file of its own, or null for the one on the class path
 */
record TokenizerSource(String name, String kind, Path file) {

    private static final String FOLDER = "bench.tokenizers";
    private static final String RESOURCE = "/all-minilm-l6-v2-tokenizer.json";
    private static final String SUFFIX = ".json";

    /** Returns all that there are. */
    static List<TokenizerSource> all() {
        List<TokenizerSource> sources = new ArrayList<>(List.of(new TokenizerSource("all-minilm-l6-v2", "wordpiece",
                null)));
        String folder = System.getProperty(FOLDER, "");
        if (!folder.isEmpty()) {
            sources.addAll(of(Path.of(folder)));
        }
        return sources;
    }

    /** Returns those of a folder, by name; every file that ends in {@code .json}. */
    static List<TokenizerSource> of(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().map(TokenizerSource::ofFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TokenizerSource ofFile(Path file) {
        String name = file.getFileName().toString();
        return new TokenizerSource(name.substring(0, name.length() - SUFFIX.length()), kind(file), file);
    }

    /** Reads the type of the model alone: a large vocabulary would take longer than what is measured. */
    private static String kind(Path file) {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean model = parser.currentName().equals("model");
                parser.nextToken();
                if (model) {
                    return type(parser, file);
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("a tokenizer must have a model: file=" + file);
    }

    private static String type(JsonParser parser, Path file) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean type = parser.currentName().equals("type");
            parser.nextToken();
            if (type) {
                return parser.getText().toLowerCase(Locale.ROOT);
            }
            parser.skipChildren();
        }
        return "other"; // older files leave it out
    }

    /** Returns the file; that of the class path is copied out, and goes with the process. */
    Path path() {
        if (file != null) {
            return file;
        }
        try (InputStream in = TokenizerSource.class.getResourceAsStream(RESOURCE)) {
            Path copy = Files.createTempFile("tokenizer-", SUFFIX);
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
