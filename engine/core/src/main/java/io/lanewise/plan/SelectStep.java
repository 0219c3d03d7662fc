package io.lanewise.plan;

import java.util.List;
import java.util.Locale;

import io.lanewise.graph.RowPlace;

/** One row of each sample. */
public record SelectStep(Slot result, Slot rows, RowPlace place) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<String> absorbed() {
        return List.of("select");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 2 * counts.rows(result.stream()) * result.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + " = " + place.name().toLowerCase(Locale.ROOT) + " row of " + rows;
    }
}
