package io.lanewise.plan;

import java.util.List;
import java.util.Locale;

import io.lanewise.graph.Pooling;

/** One row for all rows of a sample. */
public record PoolStep(Slot result, Slot rows, Pooling pooling) implements Step {

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
        return List.of("pool");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0,
                (counts.rows(rows.stream()) + counts.rows(result.stream())) * rows.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + " = " + pooling.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + rows;
    }
}
