package io.lanewise.bench.kernels;

import java.util.Map;

import io.lanewise.memory.Rows;

/** Softmax over every key, in place: the second call takes the softmax of the first one's result, which costs the same. */
record SoftmaxCase(int rows, int keys) implements KernelCase {

    @Override
    public String name() {
        return "masked-softmax";
    }

    @Override
    public Map<String, String> params() {
        return Map.of("rows", Integer.toString(rows), "keys", Integer.toString(keys));
    }

    @Override
    public long multiplyAdds() {
        return 0;
    }

    @Override
    public int columns() {
        return keys;
    }

    @Override
    public double allowedError() {
        return KernelCase.sumOf(keys);
    }

    @Override
    public Call prepare(KernelMemory memory) {
        Rows scores = memory.numbers(rows, keys, 1);
        return new Call(() -> memory.kernels().maskedSoftmax(scores, keys, null, 0), scores);
    }
}
