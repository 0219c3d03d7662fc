package io.lanewise.tokenizers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tokenizers that people use, from artifacts on the class path. */
final class RealTokenizers {

    private RealTokenizers() {}

    /** Returns the file of all-MiniLM-L6-v2's tokenizer, whose vocabulary is that of bert-base-uncased. */
    static Path minilm() {
        return copy("all-minilm-l6-v2-tokenizer.json");
    }

    private static Path copy(String resource) {
        try (InputStream in = RealTokenizers.class.getResourceAsStream("/" + resource)) {
            Path file = Files.createTempFile("tokenizer", ".json");
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
