package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.KernelForm;

/** Two rows of heads made one: products summed over ranks, their signed root, made of length 1 head by head. */
public record RankPoolStep(Slot result, Slot left, Slot right, int rank) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(left, right);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<String> absorbed() {
        return List.of("rank-pool");
    }

    @Override
    public Cost cost(RowCounts counts) {
        long cells = counts.rows(result.stream()) * left.layout().features();
        return new Cost(cells, 2 * cells * Float.BYTES);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.RANK_POOL);
    }

    @Override
    public String describe() {
        return result + " = root(" + left + " · " + right + " summed over " + rank + " ranks) / length, "
                + result.layout().heads() + " heads";
    }
}
