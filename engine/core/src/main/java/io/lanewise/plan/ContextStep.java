package io.lanewise.plan;

import java.util.List;

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
    public List<ConstantRef> constants() {
        return List.of();
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
    public String describe() {
        return context + " = " + attention + " · " + values + ", " + heads;
    }
}
