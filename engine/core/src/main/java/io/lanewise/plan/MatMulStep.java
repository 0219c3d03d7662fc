package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.Storage;

/**
 * A linear layer over all packed rows of a group, activation included: {@code result = activation(rows · Wᵀ + b)}.
 *
 * @param zeroRows rows that are known to be zero, and stay so: they are looked at, not multiplied
 * @param accumulate whether {@code result} already holds a part of the sum, as for the second half of a concat
 */
public record MatMulStep(Slot result, Slot rows, WeightRef weight, boolean accumulate, Activation activation,
        ZeroRows zeroRows, List<String> absorbed) implements Step {

    /** Returns the same step with its weight stored so. */
    public MatMulStep storedAs(Storage storage) {
        return new MatMulStep(result, rows, weight.storedAs(storage), accumulate, activation, zeroRows, absorbed);
    }

    @Override
    public List<Slot> reads() {
        return accumulate ? List.of(rows, result) : List.of(rows);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<WeightRef> constants() {
        return List.of(weight);
    }

    @Override
    public Cost cost(RowCounts counts) {
        long n = zeroRows.equals(ZeroRows.NONE) ? counts.rows(rows.stream()) : counts.rows(rows.stream(), zeroRows);
        return new Cost(n * weight.multiplyAddsPerRow(),
                n * (rows.layout().features() + result.layout().features()) * Float.BYTES + weight.bytes());
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return KernelForm.matMul(weight.input().width(), weight.storage(), accumulate, activation);
    }

    @Override
    public String describe() {
        String sum = result + (accumulate ? " += " : " = ") + rows + " · " + weight.weight() + "ᵀ";
        String biased = weight.bias() == null ? sum : sum + " + " + weight.bias();
        String stored = weight.storage() == Storage.F32 ? biased : biased + ", W as " + weight.storage();
        String skipping = stored + (zeroRows.equals(ZeroRows.NONE) ? "" : ", zero rows left out");
        return activation == Activation.NONE
                ? skipping
                : skipping + ", " + activation.name().toLowerCase(java.util.Locale.ROOT);
    }
}
