package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.KernelForm;

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
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.ADD);
    }

    @Override
    public String describe() {
        return result + " = " + left + " + " + right;
    }
}
