package io.lanewise.plan;

import java.util.List;
import java.util.Locale;

import io.lanewise.kernels.Activation;

/** A function of each element, on its own. */
public record ActivateStep(Slot result, Slot rows, Activation activation) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<String> absorbed() {
        return List.of("activate");
    }

    @Override
    public String describe() {
        return result + " = " + activation.name().toLowerCase(Locale.ROOT) + "(" + rows + ")";
    }
}
