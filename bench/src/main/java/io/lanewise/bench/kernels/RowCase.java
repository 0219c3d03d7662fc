package io.lanewise.bench.kernels;

import java.util.Map;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;

/** A kernel that goes over two blocks of rows once: their bytes are its work. */
record RowCase(Kind kind, int rows, int features) implements KernelCase {

    /** Which kernel. */
    enum Kind {
        FUSED_NORM("fused-norm") {
            @Override
            void run(Kernels kernels, Rows result, Rows left, Rows right, int features) {
                kernels.fusedNorm(result, left, right, features, 1e-5f, null, null);
            }
        },
        ADD("add") {
            @Override
            void run(Kernels kernels, Rows result, Rows left, Rows right, int features) {
                kernels.add(result, left, right);
            }
        },
        RELU("relu") {
            @Override
            void run(Kernels kernels, Rows result, Rows left, Rows right, int features) {
                kernels.activate(result, left, Activation.RELU);
            }
        };

        private final String kernel;

        Kind(String kernel) {
            this.kernel = kernel;
        }

        abstract void run(Kernels kernels, Rows result, Rows left, Rows right, int features);
    }

    @Override
    public String name() {
        return kind.kernel;
    }

    @Override
    public Map<String, String> params() {
        return Map.of("rows", Integer.toString(rows), "features", Integer.toString(features));
    }

    @Override
    public long multiplyAdds() {
        return 0;
    }

    @Override
    public int columns() {
        return features;
    }

    @Override
    public double allowedError() {
        return KernelCase.sumOf(features);
    }

    @Override
    public Call prepare(KernelMemory memory) {
        Rows result = memory.zeros(rows, features);
        Rows left = memory.numbers(rows, features, 1);
        Rows right = memory.numbers(rows, features, 2);
        return new Call(() -> kind.run(memory.kernels(), result, left, right, features), result);
    }
}
