package io.lanewise.encoders;

import java.util.List;

/** What an encoder was trained for, as {@code architectures} in its settings says. */
public enum Task {
    /** Hidden states, and whatever a folder makes of them. */
    FEATURES("Model"),
    /** A label for a text, or a score for a pair. */
    SEQUENCE_CLASSIFICATION("ForSequenceClassification"),
    /** A label for each token. */
    TOKEN_CLASSIFICATION("ForTokenClassification"),
    /** Which word stands where one is masked. */
    MASKED_LANGUAGE("ForMaskedLM");

    private final String ending;

    Task(String ending) {
        this.ending = ending;
    }

    /** Returns the task of a class name such as {@code BertForTokenClassification}; features where it is none of these. */
    static Task of(String className) {
        return List.of(SEQUENCE_CLASSIFICATION, TOKEN_CLASSIFICATION, MASKED_LANGUAGE).stream()
                .filter(task -> className.endsWith(task.ending)).findFirst().orElse(FEATURES);
    }
}
