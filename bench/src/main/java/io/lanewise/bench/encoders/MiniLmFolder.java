package io.lanewise.bench.encoders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;

/** all-MiniLM-L6-v2 as a folder of its own, which goes when it is closed. */
record MiniLmFolder(Path parent) implements AutoCloseable {

    /** The rows of the table of positions: no text that is measured is cut. */
    private static final int MAX_TOKENS = 512;

    /** Writes the folder. */
    static MiniLmFolder write() {
        try {
            MiniLmFolder folder = new MiniLmFolder(Files.createTempDirectory("minilm-"));
            MiniLm.writeFolder(folder.model());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path model() {
        return parent.resolve("all-MiniLM-L6-v2");
    }

    /** Loads it with the usual options; the caller closes the embedder before the folder. */
    TextEmbedder embedder() {
        return TextEmbedder.load(model(), TextOptions.defaults().maxTokens(MAX_TOKENS));
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(parent)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
