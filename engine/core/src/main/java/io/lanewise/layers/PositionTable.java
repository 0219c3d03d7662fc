package io.lanewise.layers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Value;

/** Positions added to a stream: {@code x + P[1 … len, then 0]}, the table {@code [max_len+1, D]} stored with the weights. */
public final class PositionTable {

    private static final String WEIGHT = "position_encoding";

    private PositionTable() {}

    /** Says whether a transformer adds positions. */
    static boolean isWanted(LayerScope layer) {
        return layer.config().choice("position", "none", List.of("none", "sinusoidal")).equals("sinusoidal");
    }

    /** Adds the positions stored under {@code part}. */
    static Value add(LayerScope layer, Value x, String part, String maxLengthSetting) {
        LayerWeights embedding = layer.weights().part(part);
        int rows = embedding.size(WEIGHT, 0);
        if (rows < 2) {
            throw new LanewiseException("a position table must have a row for padding and at least one for a position: "
                    + part + "." + WEIGHT + ".weight has " + rows);
        }
        int maxLength = layer.config().count(maxLengthSetting).orElse(rows - 1);
        if (maxLength != rows - 1) {
            throw new LanewiseException("%s must be one less than the rows of the position table: %s=%d, rows=%d"
                    .formatted(maxLengthSetting, maxLengthSetting, maxLength, rows));
        }
        Value table = embedding.matrix(WEIGHT, rows, x.rows().features());
        return layer.sum(x, layer.gather(table, layer.positions(layer.padding(x))));
    }

    /**
     * Makes the table: row 0 is zeros; row {@code p}, column {@code j} is sin (even j) or cos (odd j) of
     * {@code (p−1) / 10000^(2·(j div 2)/D)}, computed in double.
     *
     * @return {@code [maxLength + 1, features]}, row-major
     */
    public static float[] sinusoidal(int maxLength, int features) {
        float[] table = new float[(maxLength + 1) * features];
        for (int p = 1; p <= maxLength; p++) {
            for (int j = 0; j < features; j++) {
                double angle = (p - 1) / Math.pow(10_000, 2.0 * (j / 2) / features);
                table[p * features + j] = (float) (j % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
            }
        }
        return table;
    }
}
