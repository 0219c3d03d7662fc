package io.lanewise.bench.kernels;

import java.util.Map;
import java.util.Optional;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;

/** {@code [m, k]} rows times a packed {@code [n, k]} weight. */
record MatMulCase(int m, int n, int k) implements KernelCase {

    private static final int FEW_ROWS = 32;

    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public Map<String, String> params() {
        return Map.of("m", Integer.toString(m), "n", Integer.toString(n), "k", Integer.toString(k));
    }

    @Override
    public long multiplyAdds() {
        return (long) m * n * k;
    }

    @Override
    public int columns() {
        return n;
    }

    @Override
    public double allowedError() {
        return KernelCase.sumOf(k);
    }

    @Override
    public Call prepare(KernelMemory memory) {
        Rows rows = memory.numbers(m, k, 1);
        PackedWeight weight = memory.weight(n, k, 2);
        Rows result = memory.product(m, n);
        return new Call(
                () -> memory.kernels().packedMatMul(result, rows, weight, false, Activation.NONE), result);
    }

    @Override
    public KernelCase few() {
        return new MatMulCase(Math.min(m, FEW_ROWS), n, k);
    }

    @Override
    public Optional<NaiveMatMul> naive() {
        return Optional.of(new NaiveMatMul(m, n, k, KernelMemory.values(m * k, 1), KernelMemory.values(n * k, 2)));
    }
}
