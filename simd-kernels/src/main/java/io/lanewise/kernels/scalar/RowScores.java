package io.lanewise.kernels.scalar;

import io.lanewise.memory.Rows;

/** Multiplies every query with every key: {@code scores[i][j] = scale · Σ queries[i][k] · keys[j][k]}. */
final class RowScores {

    private RowScores() {}

    static void run(Rows scores, Rows queries, Rows keys, float scale) {
        for (int query = 0; query < queries.count(); query++) {
            for (int key = 0; key < keys.count(); key++) {
                float sum = 0;
                for (int k = 0; k < queries.width(); k++) {
                    sum += queries.get(query, k) * keys.get(key, k);
                }
                scores.set(query, key, sum * scale);
            }
        }
    }
}
