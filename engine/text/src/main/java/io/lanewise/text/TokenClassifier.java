package io.lanewise.text;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.Task;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.Span;

/**
 * Finds the parts of a text that have a label: names of people and places, personal data, parts of speech.
 *
 * <p>The end of a long text is cut off, or the text refused. Threads, bits and closing as with {@link TextEmbedder}.
 */
public final class TokenClassifier extends TextService {

    private static final String OUTPUT = "logits";

    private final List<String> labels;
    private final List<Tag> tags;

    private TokenClassifier(TextModel model) {
        super(model);
        this.labels = model.encoder().labels();
        this.tags = Tag.of(labels);
    }

    /**
     * Loads a folder of a token classification.
     *
     * @throws LanewiseException if something is missing, does not fit, or is not known
     */
    public static TokenClassifier load(Path folder) {
        return load(folder, TextOptions.defaults());
    }

    /** Loads a folder; otherwise as {@link #load(Path)}. */
    public static TokenClassifier load(Path folder, TextOptions options) {
        TextModel model = TextModel.load(folder, OUTPUT, false, options);
        try {
            model.require(Task.TOKEN_CLASSIFICATION);
            return new TokenClassifier(model);
        } catch (RuntimeException | Error refused) {
            model.close();
            throw refused;
        }
    }

    /** Returns the names of the labels, in the model's order. */
    public List<String> labels() {
        return labels;
    }

    /** Returns a text's entities, in their order, tokens beside each other with the same label being one. */
    public List<Entity> entities(String text) {
        return entities(text, Aggregation.SIMPLE);
    }

    /**
     * Returns a text's entities, in their order.
     *
     * @throws LanewiseException if the text is too long and such texts are refused
     * @throws IllegalStateException if the classifier is closed
     */
    public List<Entity> entities(String text, Aggregation aggregation) {
        Encoding encoding = model.encode(text);
        List<LabelledToken> tokens = new ArrayList<>();
        SessionPool.Seat seat = model.pool().take();
        try {
            FloatBuffer logits = seat.run(encoding.ids(), null).floats(OUTPUT);
            for (int token = 0; token < encoding.length(); token++) {
                Span span = encoding.span(token);
                if (!encoding.isSpecial(token) && span != null) {
                    double[] scores = Probabilities.exclusive(logits, token * labels.size(), labels.size());
                    tokens.add(new LabelledToken(span.start(), span.end(), continues(text, encoding, token), scores));
                }
            }
        } finally {
            model.pool().giveBack(seat);
        }
        return new EntityFinder(labels, tags, aggregation).find(text, tokens);
    }

    /** Says whether a token goes on with the word of the token before it. */
    private boolean continues(String text, Encoding encoding, int token) {
        String piece = encoding.piece(token);
        Optional<String> prefix = model.tokenizer().continuationPrefix();
        if (prefix.isPresent()) {
            return piece != null && piece.startsWith(prefix.get());
        }
        int start = encoding.span(token).start();
        return start > 0 && start < text.length() && text.charAt(start - 1) != ' ' && text.charAt(start) != ' ';
    }
}
