package io.lanewise.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Pooling;
import io.lanewise.kernels.KernelForm;

/** One row for all rows of a sample. */
public record PoolStep(Slot result, Slot rows, Pooling pooling) implements Sweep {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<String> absorbed() {
        return List.of("pool");
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return pooling == Pooling.MAX
                ? Set.of(KernelForm.ACTIVATE_NONE, KernelForm.MAX)
                : Set.of(KernelForm.rowContext(rows.layout().width()));
    }

    @Override
    public String describe() {
        return result + " = " + pooling.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + rows;
    }
}
