package io.lanewise.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.KernelForm;

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
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.activate(activation));
    }

    @Override
    public String describe() {
        return result + " = " + activation.name().toLowerCase(Locale.ROOT) + "(" + rows + ")";
    }
}
