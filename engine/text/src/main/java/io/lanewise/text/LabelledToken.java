package io.lanewise.text;

/**
 * A token of a text with the probability of each label.
 *
 * @param continues whether it goes on with the word of the token before it
 */
record LabelledToken(int start, int end, boolean continues, double[] scores) {

    /** Returns the likeliest label. */
    int best() {
        int best = 0;
        for (int label = 1; label < scores.length; label++) {
            best = scores[label] > scores[best] ? label : best;
        }
        return best;
    }
}
