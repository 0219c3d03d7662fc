package io.lanewise.plan;

import java.util.List;
import java.util.Locale;

import io.lanewise.kernels.Activation;

/** {@code activation(gate) · up}, element by element. */
public record GateStep(Slot result, Slot gate, Slot up, Activation activation) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(gate, up);
    }

    @Override
    public List<String> absorbed() {
        return activation == Activation.NONE ? List.of("multiply") : List.of("activate", "multiply");
    }

    @Override
    public String describe() {
        return result + " = "
                + (activation == Activation.NONE ? gate : activation.name().toLowerCase(Locale.ROOT) + "(" + gate + ")")
                + " · " + up;
    }
}
