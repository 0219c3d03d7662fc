package io.lanewise.text;

import java.nio.FloatBuffer;

/** Probabilities of logits, in double: there are but a few. */
final class Probabilities {

    private Probabilities() {}

    /** Returns the softmax of some logits. */
    static double[] exclusive(FloatBuffer logits, int first, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, logits.get(first + i));
        }
        double[] scores = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            scores[i] = Math.exp(logits.get(first + i) - max);
            sum += scores[i];
        }
        for (int i = 0; i < count; i++) {
            scores[i] /= sum;
        }
        return scores;
    }

    /** Returns some logits as they are. */
    static double[] none(FloatBuffer logits, int first, int count) {
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            scores[i] = logits.get(first + i);
        }
        return scores;
    }

    /** Returns the sigmoid of each of some logits. */
    static double[] independent(FloatBuffer logits, int first, int count) {
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            scores[i] = 1 / (1 + Math.exp(-logits.get(first + i)));
        }
        return scores;
    }
}
