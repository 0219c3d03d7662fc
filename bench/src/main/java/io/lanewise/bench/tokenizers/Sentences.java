package io.lanewise.bench.tokenizers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What is tokenized: two dozen sentences, of 10 to 40 words where a language has spaces. */
enum Sentences {
    /** English prose of several kinds. */
    ENGLISH,
    /** A language each, and some that mix them. */
    MIXED;

    /** Returns what the set is called in result files. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> read() {
        try (InputStream in = Sentences.class.getResourceAsStream(text() + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
