package io.lanewise.plan;

import java.util.List;

/** The rows of one value, then those of another, sample by sample. */
public record JoinStep(Slot result, Slot first, Slot second) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(first, second);
    }

    @Override
    public List<String> absorbed() {
        return List.of("join");
    }

    @Override
    public String describe() {
        return result + " = " + first + " on top of " + second;
    }
}
