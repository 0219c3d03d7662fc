package io.lanewise.cli;

import java.util.List;

/**
 * What one head of one sample attends to.
 *
 * @param name of the output, such as {@code attention_q}
 * @param weights {@code [queries][keys]}
 */
record AttentionMap(String name, Axis queries, Axis keys, float[][] weights) {

    /**
     * Queries or keys.
     *
     * @param title what is counted
     * @param padding by row, true where it is padding
     * @param names by row; none where rows are numbered
     */
    record Axis(String title, boolean[] padding, List<String> names) {

        boolean isNamed() {
            return !names.isEmpty();
        }

        /** Returns what stands beside a row. */
        String label(int row) {
            return isNamed() ? names.get(row) : Integer.toString(row);
        }

        int size() {
            return padding.length;
        }
    }

    /** Says whether a query or its key is padding. */
    boolean isPadding(int query, int key) {
        return queries.padding[query] || keys.padding[key];
    }

    /** Returns the largest weight; 0 where there is no number. */
    float largest() {
        float largest = 0;
        for (float[] row : weights) {
            for (float weight : row) {
                largest = weight > largest ? weight : largest;
            }
        }
        return largest;
    }
}
