package io.lanewise.plan;

import java.util.List;
import java.util.Locale;

import io.lanewise.graph.Pooling;

/** One row for all rows of a sample. */
public record PoolStep(Slot result, Slot rows, Pooling pooling) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<String> absorbed() {
        return List.of("pool");
    }

    @Override
    public String describe() {
        return result + " = " + pooling.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + rows;
    }
}
