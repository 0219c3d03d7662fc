package io.lanewise.plan;

import java.util.List;

/** The sum of two values, row by row. */
public record AddStep(Slot result, Slot left, Slot right) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(left, right);
    }

    @Override
    public List<String> absorbed() {
        return List.of("add");
    }

    @Override
    public String describe() {
        return result + " = " + left + " + " + right;
    }
}
