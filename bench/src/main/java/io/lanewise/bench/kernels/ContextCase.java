package io.lanewise.bench.kernels;

import java.util.Map;

import io.lanewise.memory.Rows;

/** Value rows mixed by attention. */
record ContextCase(int rows, int keys, int features) implements KernelCase {

    @Override
    public String name() {
        return "row-context";
    }

    @Override
    public Map<String, String> params() {
        return Map.of("rows", Integer.toString(rows), "keys", Integer.toString(keys), "features",
                Integer.toString(features));
    }

    @Override
    public long multiplyAdds() {
        return (long) rows * keys * features;
    }

    @Override
    public int columns() {
        return features;
    }

    @Override
    public double allowedError() {
        return KernelCase.sumOf(keys);
    }

    @Override
    public Call prepare(KernelMemory memory) {
        Rows context = memory.zeros(rows, features);
        Rows attention = memory.numbers(rows, keys, 1);
        Rows values = memory.numbers(keys, features, 2);
        return new Call(() -> memory.kernels().rowContext(context, attention, values), context);
    }
}
