package io.lanewise.bench;

import java.util.Arrays;

import io.lanewise.Inputs;
import io.lanewise.Tensor;
import io.lanewise.reference.ReferenceInputs;

/**
 * One input of a batch. The arrays are neither copied nor written to.
 *
 * @param name the input's name
 * @param rows the padded rows of a sample
 * @param features the features of a row
 * @param values {@code [samples, rows, features]}
 * @param lengths the valid rows of each sample; empty where the values or another input tell
 */
public record PaddedInput(String name, int rows, int features, float[] values, int... lengths) {

    int samples() {
        return values.length / (rows * features);
    }

    /** Returns the same input, of the first samples alone. */
    PaddedInput first(int samples) {
        return new PaddedInput(name, rows, features, Arrays.copyOf(values, samples * rows * features),
                Arrays.copyOf(lengths, Math.min(samples, lengths.length)));
    }

    /** Returns the same values with every row said to be valid. */
    PaddedInput withoutPadding() {
        int[] full = new int[lengths.length];
        Arrays.fill(full, rows);
        return new PaddedInput(name, rows, features, values, full);
    }

    void addTo(Inputs inputs) {
        inputs.and(name, Tensor.copyOf(values, samples(), rows, features), lengths);
    }

    void addTo(ReferenceInputs inputs) {
        if (lengths.length == 0) {
            inputs.input(name, rows, values);
        } else {
            inputs.input(name, rows, values, lengths);
        }
    }
}
