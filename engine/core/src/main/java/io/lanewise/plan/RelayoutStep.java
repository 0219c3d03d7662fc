package io.lanewise.plan;

import java.util.List;

/**
 * Copies features into a row of another layout: heads that nobody projected straight into place, or one half of a concat.
 *
 * @param firstFeature where in the result the copied features begin
 * @param op the graph's op that needs the copy
 */
public record RelayoutStep(Slot result, Slot rows, int firstFeature, String op) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<String> absorbed() {
        return firstFeature == 0 ? List.of(op) : List.of();
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 2 * counts.rows(rows.stream()) * rows.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + (firstFeature == 0 ? "" : "[" + firstFeature + "…]") + " = " + rows;
    }
}
