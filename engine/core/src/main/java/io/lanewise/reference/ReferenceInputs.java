package io.lanewise.reference;

import java.util.HashMap;
import java.util.Map;

/**
 * One batch for the reference: a padded tensor {@code [B, L, features]} for each input, and which of its rows are
 * padding where the caller knows. Arrays are neither copied nor written to. Nothing is validated. Not thread-safe while
 * it is being filled.
 */
public final class ReferenceInputs {

    private final int batch;
    private final Map<String, float[]> cells = new HashMap<>();
    private final Map<String, int[]> ids = new HashMap<>();
    private final Map<String, Integer> lengths = new HashMap<>();
    private final Map<String, boolean[]> paddings = new HashMap<>(); // [B, L]
    private float emptyAttention;

    /** Starts a batch of so many samples, without inputs. */
    public ReferenceInputs(int batch) {
        this.batch = batch;
    }

    /** Adds an input whose padding is where its features sum to 0. */
    public ReferenceInputs input(String name, int length, float[] values) {
        cells.put(name, values);
        lengths.put(name, length);
        return this;
    }

    /** Says of a length that no input has the name of how many rows there are, and which are valid; null for all. */
    public ReferenceInputs rows(String name, int length, boolean[] validRows) {
        lengths.put(name, length);
        if (validRows != null) {
            paddings.put(name, inverted(validRows));
        }
        return this;
    }

    /** Adds an input of ids {@code [B, L]}; null where every row is valid. */
    public ReferenceInputs tokens(String name, int length, int[] values, boolean[] validRows) {
        ids.put(name, values);
        return rows(name, length, validRows);
    }

    /** Adds an input of which each sample's first rows are valid, as many as {@code validRows} says. */
    public ReferenceInputs input(String name, int length, float[] values, int[] validRows) {
        boolean[] valid = new boolean[batch * length];
        for (int row = 0; row < valid.length; row++) {
            valid[row] = row % length < validRows[row / length];
        }
        return input(name, length, values, valid);
    }

    /** Adds an input of which those rows are valid that {@code validRows}, {@code [B, L]}, says. */
    public ReferenceInputs input(String name, int length, float[] values, boolean[] validRows) {
        paddings.put(name, inverted(validRows));
        return input(name, length, values);
    }

    private static boolean[] inverted(boolean[] bits) {
        boolean[] inverted = new boolean[bits.length];
        for (int row = 0; row < inverted.length; row++) {
            inverted[row] = !bits[row];
        }
        return inverted;
    }

    /** Says what fills the attention of a valid query without a valid key: 0, as it is by default, or NaN. */
    public ReferenceInputs emptyAttention(float value) {
        emptyAttention = value;
        return this;
    }

    int batch() {
        return batch;
    }

    float[] cells(String input) {
        return cells.get(input);
    }

    int[] ids(String input) {
        return ids.get(input);
    }

    int length(String input) {
        return lengths.get(input);
    }

    /** Returns one bit for each row, or null where the caller did not say. */
    boolean[] padding(String input) {
        return paddings.get(input);
    }

    float emptyAttention() {
        return emptyAttention;
    }
}
