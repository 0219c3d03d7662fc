package io.lanewise.cli;

import java.nio.file.Path;
import java.util.Set;

import io.lanewise.Model;
import io.lanewise.graph.Length;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.SparseEmbedder;
import io.lanewise.text.TextClassifier;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TokenClassifier;

/** What a folder's model makes of texts: the result that it is there for, and the command that shows it. */
enum Answer {

    /** Weights of words. */
    SPARSE("sparse_embedding", "sparse vectors of words, by the library") {
        @Override
        int longest(Path folder) {
            try (SparseEmbedder model = SparseEmbedder.load(folder)) {
                return model.maxTokens();
            }
        }
    },

    /** A score for a pair. */
    SCORE("scores", "scores, by rerank") {
        @Override
        int longest(Path folder) {
            try (CrossEncoder model = CrossEncoder.load(folder)) {
                return model.maxTokens();
            }
        }
    },

    /** A vector. */
    VECTOR("sentence_embedding", "vectors, by embed and similar") {
        @Override
        int longest(Path folder) {
            try (TextEmbedder model = TextEmbedder.load(folder)) {
                return model.maxTokens();
            }
        }
    },

    /** A label for each token. */
    TOKEN_LABELS("logits", "labels of tokens, by entities") {
        @Override
        int longest(Path folder) {
            try (TokenClassifier model = TokenClassifier.load(folder)) {
                return model.maxTokens();
            }
        }
    },

    /** A label for each text. */
    LABELS("logits", "labels, by classify") {
        @Override
        int longest(Path folder) {
            try (TextClassifier model = TextClassifier.load(folder)) {
                return model.maxTokens();
            }
        }
    };

    private final String output;
    private final String what;

    Answer(String output, String what) {
        this.output = output;
        this.what = what;
    }

    /** Returns what a model is there for. */
    static Answer of(Model model) {
        Set<String> outputs = model.outputs();
        for (Answer answer : new Answer[]{SPARSE, SCORE, VECTOR}) {
            if (outputs.contains(answer.output)) {
                return answer;
            }
        }
        boolean perToken = model.graph(Set.of()).outputs().get(LABELS.output).rows().length().kind() != Length.Kind.ONE;
        return perToken ? TOKEN_LABELS : LABELS;
    }

    /** Returns the name of the result. */
    String output() {
        return output;
    }

    /** Returns the most tokens of a text, special ones included. */
    abstract int longest(Path folder);

    @Override
    public String toString() {
        return what;
    }
}
