package io.lanewise.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.KernelForm;

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
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.gate(activation));
    }

    @Override
    public String describe() {
        return result + " = "
                + (activation == Activation.NONE ? gate : activation.name().toLowerCase(Locale.ROOT) + "(" + gate + ")")
                + " · " + up;
    }
}
