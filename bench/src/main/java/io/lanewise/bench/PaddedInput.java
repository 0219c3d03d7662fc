package io.lanewise.bench;

import java.util.Arrays;

import io.lanewise.Inputs;
import io.lanewise.Tensor;
import io.lanewise.reference.ReferenceInputs;

/**
 * One input of a batch. The arrays are neither copied nor written to.
 *
 * @param name the input's name
 * @param length what the length of its rows is called, which other inputs may share
 * @param rows the padded rows of a sample
 * @param features the features of a row; 1 where rows are ids
 * @param ids whether values are ids of words
 * @param values {@code [samples, rows, features]}
 * @param lengths the valid rows of each sample; empty where the values or another input tell
 */
public record PaddedInput(String name, String length, int rows, int features, boolean ids, float[] values,
        int... lengths) {

    /** Describes an input of rows with a length of its own. */
    public PaddedInput(String name, int rows, int features, float[] values, int... lengths) {
        this(name, name, rows, features, false, values, lengths);
    }

    int samples() {
        return values.length / (rows * features);
    }

    /** Returns the same input, of the first samples alone. */
    PaddedInput first(int samples) {
        return new PaddedInput(name, length, rows, features, ids, Arrays.copyOf(values, samples * rows * features),
                Arrays.copyOf(lengths, Math.min(samples, lengths.length)));
    }

    /** Returns the same values with every row said to be valid. */
    PaddedInput withoutPadding() {
        int[] full = new int[lengths.length];
        Arrays.fill(full, rows);
        return new PaddedInput(name, length, rows, features, ids, values, full);
    }

    void addTo(Inputs inputs) {
        inputs.and(name, ids
                ? Tensor.ids(words(), samples(), rows)
                : Tensor.copyOf(values, samples(), rows, features), lengths);
    }

    void addTo(ReferenceInputs inputs) {
        if (ids) {
            inputs.tokens(name, rows, words(), valid());
        } else if (lengths.length == 0) {
            inputs.input(name, rows, values);
        } else {
            inputs.input(name, rows, values, lengths).rows(length, rows, valid());
        }
    }

    /** Returns the values as ids. */
    public int[] words() {
        int[] words = new int[values.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) values[i];
        }
        return words;
    }

    private boolean[] valid() {
        boolean[] valid = new boolean[lengths.length * rows];
        for (int row = 0; row < valid.length; row++) {
            valid[row] = row % rows < lengths[row / rows];
        }
        return valid;
    }
}
