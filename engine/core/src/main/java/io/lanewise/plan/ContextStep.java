package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.KernelForm;

/** The contexts of every head and sample from attention that is kept whole: what an unfused plan does. */
public record ContextStep(Slot context, Slot attention, Slot values, HeadShape heads,
        boolean queryMask) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(attention, values);
    }

    @Override
    public List<Slot> writes() {
        return List.of(context);
    }

    @Override
    public List<String> absorbed() {
        return List.of("context");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return AttentionCost.ofPairs(counts, context.stream(), values.stream(), heads);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.rowContext(context.layout().paddedDim()));
    }

    @Override
    public String describe() {
        return context + " = " + attention + " · " + values + ", " + heads;
    }
}
