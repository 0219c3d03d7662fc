package io.lanewise.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;

/**
 * Every kernel on small operands of its own, at sizes that reach every tile: enough to have C2 compile it and to see whether
 * the compiled code allocates, which it does only where it keeps vectors as objects, at a fifteenth of the speed.
 *
 * <p>Owns its memory; for one thread.
 */
public final class KernelTrials implements AutoCloseable {

    private static final int FEATURES = 70; // not a multiple of any vector
    private static final int[] HEIGHTS = {31, 1, 2, 3, 4, 5, 6, 15};

    /** Fewer than {@link #HEIGHTS}: with those, C2 boxes a vector in the last lines of a 5-row tile in some runs of a JVM. */
    private static final int[] CONTEXT_HEIGHTS = {15, 4, 12};

    private final Kernels kernels;
    private final RowLayout layout;
    private final List<Block> blocks = new ArrayList<>();
    private final List<KernelTrial> trials;

    /** Lays out operands for the given kernels. */
    public KernelTrials(Kernels kernels) {
        this.kernels = kernels;
        this.layout = RowLayout.of(1, FEATURES, kernels);
        this.trials = List.of(packedMatMul(), rowScores(), maskedSoftmax(), softmaxOfShortRows(), rowContext(),
                fusedNorm(),
                arithmetic());
    }

    /** Returns a trial of each kernel. */
    public List<KernelTrial> all() {
        return trials;
    }

    private KernelTrial packedMatMul() {
        Block packed = new Block(PackedWeight.bytes(layout, layout));
        blocks.add(packed);
        PackedWeight weight = PackedWeight.pack(numbers(FEATURES * FEATURES, 1), new float[FEATURES], layout, layout,
                kernels.panel(), packed.segment(), 0);
        Rows rows = rows(HEIGHTS[0], 2);
        Rows result = rows(HEIGHTS[0], 3);
        int floats = kernels.matMulScratch(layout.width());
        Block block = new Block((long) floats * Float.BYTES);
        blocks.add(block);
        Rows scratch = new Rows(block.segment(), 0, 1, floats, floats);
        return trial("packed matmul", result, run -> {
            int count = HEIGHTS[run % HEIGHTS.length];
            kernels.packedMatMul(result.select(0, count), rows.select(0, count), weight, run % 3 == 1,
                    run % 2 == 0 ? Activation.RELU : Activation.NONE, scratch);
        });
    }

    private KernelTrial rowScores() {
        Rows queries = rows(7, 1);
        Rows keys = rows(9, 2);
        Rows scores = rows(7, 3);
        return trial("row scores", scores, run -> kernels.rowScores(scores, queries, keys, 0.5f));
    }

    private KernelTrial maskedSoftmax() {
        Rows scores = rows(7, 1);
        Rows source = rows(7, 1);
        Rows mask = rows(1, 2);
        mask.clear();
        mask.set(0, 3, 1);
        return trial("masked softmax", scores, run -> {
            kernels.activate(scores, source, Activation.NONE);
            kernels.maskedSoftmax(scores, 61, run % 2 == 0 ? mask : null, 0);
        });
    }

    private KernelTrial softmaxOfShortRows() {
        Rows scores = rows(40, 1);
        Rows source = rows(40, 1);
        Rows mask = rows(1, 2);
        mask.clear();
        return trial("masked softmax of short rows", scores, run -> {
            kernels.activate(scores, source, Activation.RELU);
            kernels.maskedSoftmax(scores, 15, mask, 0);
        });
    }

    private KernelTrial rowContext() {
        Rows attention = rows(CONTEXT_HEIGHTS[0], 1);
        Rows values = rows(20, 2);
        Rows context = rows(CONTEXT_HEIGHTS[0], 3);
        return trial("row context", context, run -> {
            int count = CONTEXT_HEIGHTS[run % CONTEXT_HEIGHTS.length];
            kernels.rowContext(context.select(0, count), attention.select(0, count), values);
        });
    }

    private KernelTrial fusedNorm() {
        Rows rows = rows(7, 1);
        Rows residual = rows(7, 2);
        Rows result = rows(7, 3);
        Rows scale = rows(1, 4);
        Rows shift = rows(1, 5);
        return trial("fused norm", result,
                run -> kernels.fusedNorm(result, rows, run % 2 == 0 ? residual : null, FEATURES - 1, 1e-5f,
                        run % 4 < 2 ? scale : null, run % 8 < 4 ? shift : null));
    }

    private KernelTrial arithmetic() {
        Rows left = rows(7, 1);
        Rows right = rows(7, 2);
        Rows result = rows(7, 3);
        return trial("add and activate", result, run -> {
            kernels.add(result, left, right);
            kernels.activate(result, result, Activation.RELU);
        });
    }

    private static KernelTrial trial(String name, Rows result, IntConsumer call) {
        return new KernelTrial(name, result, call);
    }

    private Rows rows(int count, long seed) {
        Block block = new Block((long) count * layout.stride() * Float.BYTES);
        blocks.add(block);
        Rows rows = new Rows(block.segment(), 0, count, layout.width(), layout.stride());
        float[] numbers = numbers(count * FEATURES, seed);
        for (int i = 0; i < numbers.length; i++) {
            rows.set(i / FEATURES, i % FEATURES, numbers[i]);
        }
        return rows;
    }

    private static float[] numbers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat(-1, 1);
        }
        return numbers;
    }

    /** Frees the operands; trials must not run after this. */
    @Override
    public void close() {
        blocks.forEach(Block::close);
    }
}
