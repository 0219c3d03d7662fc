package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.KernelForm;

/** The scores of every head and sample, kept whole: what an unfused plan does. */
public record ScoresStep(Slot scores, Slot queries, Slot keys, HeadShape heads, double scale) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(queries, keys);
    }

    @Override
    public List<Slot> writes() {
        return List.of(scores);
    }

    @Override
    public List<String> absorbed() {
        return List.of("scores");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return AttentionCost.ofPairs(counts, queries.stream(), keys.stream(), heads);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.rowScores(queries.layout().paddedDim()));
    }

    @Override
    public String describe() {
        return scores + " = " + queries + " · " + keys + "ᵀ · " + (float) scale + ", " + heads;
    }
}
