package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.HeadSplit;
import io.lanewise.kernels.KernelForm;

/**
 * Scores that are asked for as they are, written to their output tile by tile.
 *
 * @param output its name
 */
public record MapStep(String output, Slot queries, Slot keys, double scale) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(queries, keys);
    }

    @Override
    public List<Slot> writes() {
        return List.of();
    }

    @Override
    public List<String> absorbed() {
        return List.of("scores");
    }

    @Override
    public Cost cost(RowCounts counts) {
        HeadShape whole = new HeadShape(1, queries.layout().features(), HeadSplit.COLUMNS);
        return AttentionCost.ofPairs(counts, queries.stream(), keys.stream(), whole);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.rowScores(queries.layout().paddedDim()));
    }

    @Override
    public String describe() {
        return "output " + output + " = " + queries + " · " + keys + "ᵀ · " + (float) scale;
    }
}
