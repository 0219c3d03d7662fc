package io.lanewise.plan;

import java.util.List;

/** A sample's rows, once for each of the sequences of another length. */
public record RepeatStep(Slot result, Slot rows) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<String> absorbed() {
        return List.of("repeat");
    }

    @Override
    public String describe() {
        return result + " = " + rows + ", " + result.stream().length().sequences() + " times";
    }
}
