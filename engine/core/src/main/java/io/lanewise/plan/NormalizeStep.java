package io.lanewise.plan;

import java.util.List;

/** Rows of length 1. */
public record NormalizeStep(Slot result, Slot rows) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<String> absorbed() {
        return List.of("normalize");
    }

    @Override
    public String describe() {
        return result + " = " + rows + " / ‖" + rows + "‖";
    }
}
