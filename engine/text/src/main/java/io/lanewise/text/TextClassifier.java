package io.lanewise.text;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.Task;

/**
 * Labels texts: their sentiment, their topic, whether one follows from another.
 *
 * <p>Probabilities are those of labels that exclude each other, unless the folder's settings say {@code multi_label_classification} or
 * there is but one label: then each is by itself. Where they say {@code regression}, scores are the logits themselves. Names of labels
 * are the folder's and may be equal: each label keeps its place and its score. Threads, bits and closing as with {@link TextEmbedder}.
 */
public final class TextClassifier extends TextService {

    private static final String OUTPUT = "logits";

    private final List<String> labels;
    private final Scoring scoring;

    private TextClassifier(TextModel model) {
        super(model);
        this.labels = model.encoder().labels();
        this.scoring = Scoring.of(model.encoder().folder().config().text("problem_type", ""), labels.size());
    }

    /** What becomes of logits. */
    private enum Scoring {
        EXCLUSIVE, INDEPENDENT, NONE;

        static Scoring of(String problem, int labels) {
            if (problem.equals("regression")) {
                return NONE;
            }
            return labels == 1 || problem.equals("multi_label_classification") ? INDEPENDENT : EXCLUSIVE;
        }
    }

    /**
     * Loads a folder of a sequence classification.
     *
     * @throws LanewiseException if something is missing, does not fit, or is not known
     */
    public static TextClassifier load(Path folder) {
        return load(folder, TextOptions.defaults());
    }

    /** Loads a folder; otherwise as {@link #load(Path)}. */
    public static TextClassifier load(Path folder, TextOptions options) {
        TextModel model = TextModel.load(folder, OUTPUT, true, options);
        try {
            model.require(Task.SEQUENCE_CLASSIFICATION);
            return new TextClassifier(model);
        } catch (RuntimeException | Error refused) {
            model.close();
            throw refused;
        }
    }

    /** Returns the names of the labels, in the model's order. */
    public List<String> labels() {
        return labels;
    }

    /**
     * Returns the probability of each label, in the model's order.
     *
     * @throws LanewiseException if the text is too long and such texts are refused
     * @throws IllegalStateException if the classifier is closed
     */
    public List<Label> classify(String text) {
        return classify(new int[][]{model.ids(model.plain("", text))}).getFirst();
    }

    /**
     * Labels texts, in their order.
     *
     * @throws TextException for the first text that is at fault
     */
    public List<List<Label>> classify(List<String> texts) {
        return classify(model.ids("", texts));
    }

    private List<List<Label>> classify(int[][] ids) {
        return classify(ids, model.hasTypes() ? zeros(ids) : null);
    }

    /**
     * Labels pairs of texts, such as a premise and a hypothesis, in their order.
     *
     * @throws TextException for the first pair that is at fault
     */
    public List<List<Label>> classifyPairs(List<TextPair> pairs) {
        TokenArrays tokens = TokenArrays.of(model, pairs);
        return classify(tokens.ids(), tokens.types());
    }

    private static int[][] zeros(int[][] ids) {
        int[][] zeros = new int[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            zeros[i] = new int[ids[i].length];
        }
        return zeros;
    }

    private List<List<Label>> classify(int[][] ids, int[][] types) {
        List<List<Label>> results = new ArrayList<>(Collections.nCopies(ids.length, null));
        model.run(ids, types, (floats, from, count) -> {
            for (int i = 0; i < count; i++) {
                results.set(from + i, labels(floats, i * labels.size()));
            }
        });
        return results;
    }

    private List<Label> labels(FloatBuffer logits, int first) {
        double[] scores = switch (scoring) {
            case EXCLUSIVE -> Probabilities.exclusive(logits, first, labels.size());
            case INDEPENDENT -> Probabilities.independent(logits, first, labels.size());
            case NONE -> Probabilities.none(logits, first, labels.size());
        };
        List<Label> scored = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            scored.add(new Label(labels.get(i), (float) scores[i]));
        }
        return List.copyOf(scored);
    }
}
