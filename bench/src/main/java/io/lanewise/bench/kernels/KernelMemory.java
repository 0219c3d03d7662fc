package io.lanewise.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.RowLayout;
import io.lanewise.kernels.Storage;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;

/** The operands of one implementation, laid out as it wants them; the same seed gives every one the same numbers. */
final class KernelMemory implements AutoCloseable {

    private final Kernels kernels;
    private final List<Block> blocks = new ArrayList<>();

    KernelMemory(Kernels kernels) {
        this.kernels = kernels;
    }

    Kernels kernels() {
        return kernels;
    }

    /** Returns rows of zeros. */
    Rows zeros(int rows, int features) {
        RowLayout layout = layout(features);
        return new Rows(block((long) rows * layout.stride() * Float.BYTES).segment(), 0, rows, layout.paddedDim(),
                layout.stride());
    }

    /** Returns a matrix product's result: as wide as its whole panels. */
    Rows product(int rows, int columns) {
        RowLayout layout = layout(columns);
        return new Rows(block((long) rows * layout.stride() * Float.BYTES).segment(), 0, rows, layout.width(),
                layout.stride());
    }

    /** Returns rows of seeded numbers. */
    Rows numbers(int rows, int features, long seed) {
        Rows result = zeros(rows, features);
        float[] values = values(rows * features, seed);
        for (int i = 0; i < values.length; i++) {
            result.set(i / features, i % features, values[i]);
        }
        return result;
    }

    /** Returns a packed weight of seeded numbers, without a bias. */
    PackedWeight weight(int columns, int depth, long seed) {
        RowLayout output = layout(columns);
        RowLayout input = layout(depth);
        return PackedWeight.pack(values(columns * depth, seed), null, output, input, kernels.panel(),
                block(PackedWeight.bytes(output, input, Storage.F32)).segment(), 0, Storage.F32, false);
    }

    /** Returns the scratch memory of scores. */
    Rows scoreScratch() {
        int floats = kernels.scoreScratch();
        return new Rows(block((long) floats * Float.BYTES).segment(), 0, 1, floats, floats);
    }

    /** Returns seeded numbers, normally distributed. */
    static float[] values(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private RowLayout layout(int features) {
        return RowLayout.of(1, features, kernels);
    }

    private Block block(long bytes) {
        blocks.add(Block.zeroed(bytes));
        return blocks.getLast();
    }

    @Override
    public void close() {
        blocks.forEach(Block::close);
    }
}
