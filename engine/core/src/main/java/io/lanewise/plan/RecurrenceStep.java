package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Cell;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.Storage;

/**
 * The states of a recurrence: step by step, the samples' rows of equal step together, {@code gates = state · Uᵀ + c}, and then each
 * row's cell in one sweep. The products with the inputs of all steps have been made before.
 *
 * @param states each row the state after it, in as many parts as the cell's state has
 * @param products of the inputs with the gates' weights, a part a gate
 * @param weight of the gates, {@code [gates · H, H]}, with the bias of its own that PyTorch gives it
 * @param reverse whether each sample goes from its last row to its first
 */
public record RecurrenceStep(Slot states, Slot products, WeightRef weight, Cell cell, boolean reverse) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(products);
    }

    @Override
    public List<Slot> writes() {
        return List.of(states);
    }

    @Override
    public List<WeightRef> constants() {
        return List.of(weight);
    }

    @Override
    public List<String> absorbed() {
        return List.of("recurrence");
    }

    @Override
    public Cost cost(RowCounts counts) {
        long n = counts.rows(states.stream());
        return new Cost(n * weight.multiplyAddsPerRow(),
                n * (products.layout().features() + states.layout().features()) * Float.BYTES + weight.bytes());
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.matMul(weight.input().width(), Storage.F32, false), KernelForm.ACTIVATE_NONE,
                cell == Cell.GRU ? KernelForm.GRU_CELL : KernelForm.LSTM_CELL);
    }

    @Override
    public String describe() {
        return states + " = " + cell + (reverse ? " from the last row to the first" : "") + " of " + products + ", by "
                + weight.weight();
    }
}
