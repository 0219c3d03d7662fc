package io.lanewise.plan;

import java.util.List;
import java.util.Locale;

import io.lanewise.kernels.Activation;

/** {@code activation(gate) · up}, element by element. */
public record GateStep(Slot result, Slot gate, Slot up, Activation activation) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(gate, up);
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
        return activation == Activation.NONE ? List.of("multiply") : List.of("activate", "multiply");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 3 * counts.rows(result.stream()) * result.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + " = "
                + (activation == Activation.NONE ? gate : activation.name().toLowerCase(Locale.ROOT) + "(" + gate + ")")
                + " · " + up;
    }
}
