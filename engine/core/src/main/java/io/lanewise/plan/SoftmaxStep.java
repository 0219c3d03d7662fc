package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.MaskOrder;
import io.lanewise.kernels.KernelForm;

/** Masked softmax over scores that are kept whole, in place: what an unfused plan does. */
public record SoftmaxStep(Slot attention, Slot scores, HeadShape heads, boolean keyMask, boolean queryMask,
        MaskOrder maskOrder,
        String attentionOutput) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(scores);
    }

    @Override
    public List<Slot> writes() {
        return List.of(attention);
    }

    @Override
    public List<String> absorbed() {
        return keyMask || queryMask ? List.of("mask", "softmax") : List.of("softmax");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return Cost.NONE;
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.MASKED_SOFTMAX);
    }

    @Override
    public String describe() {
        return attention + " = softmax(" + scores + ")" + (keyMask ? ", keys masked" : "")
                + (queryMask ? ", queries masked" : "");
    }
}
