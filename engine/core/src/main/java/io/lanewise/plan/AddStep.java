package io.lanewise.plan;

import java.util.List;

/** The sum of two values, row by row. */
public record AddStep(Slot result, Slot left, Slot right) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(left, right);
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
        return List.of("add");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 3 * counts.rows(result.stream()) * result.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + " = " + left + " + " + right;
    }
}
