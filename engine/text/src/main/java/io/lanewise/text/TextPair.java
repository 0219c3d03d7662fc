package io.lanewise.text;

import java.util.Objects;

/** Two texts that belong together, such as a question and a document. */
public record TextPair(String first, String second) {

    /** Checks that both are there. */
    public TextPair {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }
}
