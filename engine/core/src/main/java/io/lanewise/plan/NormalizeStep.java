package io.lanewise.plan;

import java.util.List;

/** Rows of length 1. */
public record NormalizeStep(Slot result, Slot rows) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<ConstantRef> constants() {
        return List.of();
    }

    @Override
    public List<String> absorbed() {
        return List.of("normalize");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 2 * counts.rows(rows.stream()) * rows.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + " = " + rows + " / ‖" + rows + "‖";
    }
}
