package io.lanewise.kernels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;

/**
 * Every kernel on small operands of its own, at sizes that reach every tile: enough to have C2 compile it and to see whether
 * the compiled code allocates, which it does only where it keeps vectors as objects, at a fifteenth of the speed.
 *
 * <p>Owns its memory; for one thread.
 */
public final class KernelTrials implements AutoCloseable {

    private static final int[] EVERY_HEIGHT = {7, 1, 2, 3, 4, 5, 6};
    private static final int[] FULL_HEIGHT = {6};
    private static final int MOST_ROWS = EVERY_HEIGHT[0];
    private static final int FEATURES = 35; // not a multiple of any vector
    private static final int DEEP = 140; // too deep for keys to be transposed
    private static final int PANELS = 5; // for tiles of several panels, and one more
    private static final int[] EVERY_WIDTH = {1, 2, 3, 4}; // vectors of a tile of contexts, and of a turn of four sums
    private static final int[] FULL_WIDTH = {4};

    private static final Activation[] COMMON = {Activation.GELU, Activation.SILU};

    private final Kernels kernels;
    private final Activation[] activations;
    private final int[] heights;
    private final int[] widths; // in vectors
    private final List<Block> blocks = new ArrayList<>();
    private final List<KernelTrial> trials;

    private KernelTrials(Kernels kernels, int[] heights, int[] widths, Activation[] activations) {
        this.kernels = kernels;
        this.activations = activations;
        this.heights = heights;
        this.widths = widths;
        this.trials = List.of(packedMatMul(), rowScores("row scores, shallow", FEATURES),
                rowScores("row scores, deep", DEEP), maskedSoftmax(), rowContext(), transpose(), fusedNorm(),
                rmsNorm(), arithmetic(), activation("activations", false), activation("gates", true), rotation(),
                diagonals(),
                buckets(), recurrentCells(), rankPool());
    }

    /** Lays out operands that reach every tile: to be sure of the kernels, in some seconds. */
    public static KernelTrials thorough(Kernels kernels) {
        return new KernelTrials(kernels, EVERY_HEIGHT, EVERY_WIDTH, Activation.values());
    }

    /** Lays out operands that reach the largest tile of each kernel and the commonest activations: to be sure of a JVM, in a second or two. */
    public static KernelTrials brief(Kernels kernels) {
        return new KernelTrials(kernels, FULL_HEIGHT, FULL_WIDTH, COMMON);
    }

    /** Returns a trial of each kernel. */
    public List<KernelTrial> all() {
        return trials;
    }

    /**
     * Runs all of them until they allocate nothing; otherwise as {@link KernelTrial#settles} does.
     *
     * @return whether all came to that in time
     */
    public boolean settle(LongSupplier allocatedBytes, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return trials.stream()
                .allMatch(trial -> trial.settles(allocatedBytes, Duration.ofNanos(end - System.nanoTime())));
    }

    private KernelTrial packedMatMul() {
        RowLayout input = RowLayout.of(1, FEATURES, kernels);
        RowLayout output = RowLayout.of(1, PANELS * kernels.panel(), kernels);
        PackedWeight weight = PackedWeight.pack(numbers(output.features() * FEATURES, 1), null, output, input,
                kernels.panel(), block(PackedWeight.bytes(output, input)).segment(), 0);
        Rows rows = rows(MOST_ROWS, FEATURES, 2);
        Rows result = rows(MOST_ROWS, output.features(), 3);
        return new KernelTrial("packed matmul", result, run -> {
            int count = height(run);
            kernels.packedMatMul(result.select(0, count), rows.select(0, count), weight, run % 3 == 1,
                    run % 2 == 0 ? Activation.RELU : Activation.NONE);
        });
    }

    private KernelTrial rowScores(String name, int depth) {
        Rows queries = rows(MOST_ROWS, depth, 1);
        int most = mostKeys();
        Rows keys = rows(most, depth, 2);
        Rows scores = rows(MOST_ROWS, most, 3);
        Rows scratch = new Rows(block((long) kernels.scoreScratch() * Float.BYTES).segment(), 0, 1,
                kernels.scoreScratch(), kernels.scoreScratch());
        return new KernelTrial(name, scores, run -> {
            int count = height(run);
            keys.select(0, kernels.lanes() * width(run)); // whole vectors: every cell is defined
            kernels.rowScores(scores.select(0, count), queries.select(0, count), keys, 0.5f, scratch);
        });
    }

    private KernelTrial maskedSoftmax() {
        int most = mostKeys();
        Rows source = rows(MOST_ROWS, most, 1);
        Rows scores = rows(MOST_ROWS, most, 2);
        Rows mask = rows(1, most, 3);
        mask.clear();
        mask.set(0, 3, 1);
        Rows sums = rows(MOST_ROWS, 2, 4);
        return new KernelTrial("masked softmax", scores, run -> {
            int keys = kernels.lanes() * width(run) - run % 2;
            kernels.activate(scores, source, Activation.NONE);
            kernels.maskedSoftmax(scores, keys, run % 3 == 0 ? mask : null, 0);
            kernels.partialSoftmax(scores, keys, run % 3 == 1 ? mask : null, sums);
        });
    }

    private KernelTrial rowContext() {
        Rows attention = rows(MOST_ROWS, FEATURES, 1);
        List<Rows> values = new ArrayList<>();
        List<Rows> contexts = new ArrayList<>();
        for (int vectors : widths) {
            values.add(rows(20, vectors * kernels.lanes(), 2));
            contexts.add(rows(MOST_ROWS, vectors * kernels.lanes(), 3));
        }
        return new KernelTrial("row context", contexts.getFirst(), run -> {
            int count = height(run);
            int width = run / heights.length % widths.length;
            kernels.rowContext(contexts.get(width).select(0, count), attention.select(0, count), values.get(width));
        });
    }

    private KernelTrial transpose() {
        Rows rows = rows(kernels.lanes(), kernels.lanes(), 1);
        Rows result = rows(kernels.lanes(), kernels.lanes(), 2);
        return new KernelTrial("transpose", result, _ -> kernels.transpose(result, rows));
    }

    private KernelTrial fusedNorm() {
        int most = mostKeys();
        Rows rows = rows(MOST_ROWS, most, 1);
        Rows residual = rows(MOST_ROWS, most, 2);
        Rows result = rows(MOST_ROWS, most, 3);
        Rows scale = rows(1, most, 4);
        Rows shift = rows(1, most, 5);
        return new KernelTrial("fused norm", result,
                run -> kernels.fusedNorm(result, rows, run % 2 == 0 ? residual : null,
                        kernels.lanes() * width(run) - run % 3, 1e-5f, run % 4 < 2 ? scale : null,
                        run % 8 < 4 ? shift : null));
    }

    private KernelTrial rmsNorm() {
        int most = mostKeys();
        Rows rows = rows(MOST_ROWS, most, 1);
        Rows result = rows(MOST_ROWS, most, 2);
        Rows scale = rows(1, most, 3);
        return new KernelTrial("rms norm", result, run -> kernels.rmsNorm(result, rows,
                kernels.lanes() * width(run) - run % 3, 1e-5f, run % 4 < 2 ? scale : null));
    }

    private KernelTrial activation(String name, boolean gates) {
        Rows rows = rows(7, FEATURES, 1);
        Rows ups = rows(7, FEATURES, 2);
        Rows result = rows(7, FEATURES, 3);
        return new KernelTrial(name, result, run -> {
            for (Activation activation : activations) {
                if (gates) {
                    kernels.gate(result, rows, ups, activation);
                } else {
                    kernels.activate(result, rows, activation);
                }
            }
        });
    }

    private KernelTrial rotation() {
        int half = 2 * kernels.lanes() + 3;
        Rows rows = rows(MOST_ROWS, 2 * half, 1);
        Rows table = rows(MOST_ROWS, 2 * half, 2);
        Rows result = rows(MOST_ROWS, 2 * half, 3);
        return new KernelTrial("rotation", result, run -> kernels.rotate(result, rows, half - run % 3, table));
    }

    private KernelTrial diagonals() {
        int most = mostKeys();
        Rows source = rows(MOST_ROWS, most, 1);
        Rows scores = rows(MOST_ROWS, most, 2);
        Rows values = rows(1, most + MOST_ROWS, 3);
        return new KernelTrial("diagonals", scores, run -> {
            int keys = kernels.lanes() * width(run);
            kernels.max(scores, source, source);
            kernels.addDiagonals(scores, keys, values, MOST_ROWS - 1);
            kernels.maskDiagonals(scores, keys, 0, run % 5, run % 7);
        });
    }

    private KernelTrial buckets() {
        int most = mostKeys();
        Rows source = rows(MOST_ROWS, most, 1);
        Rows scores = rows(MOST_ROWS, most, 2);
        Rows ofQueries = rows(MOST_ROWS, FEATURES, 3);
        Rows ofKeys = rows(most, FEATURES, 4);
        int[] columns = IntStream.range(0, most + MOST_ROWS).map(distance -> distance % FEATURES).toArray();
        return new KernelTrial("buckets", scores, run -> {
            kernels.activate(scores, source, Activation.NONE);
            kernels.addBuckets(scores, kernels.lanes() * width(run), run % 3 == 1 ? null : ofQueries,
                    run % 3 == 2 ? null : ofKeys, columns, most);
        });
    }

    private KernelTrial recurrentCells() {
        int gate = 2 * kernels.lanes();
        Rows products = rows(2, 4 * gate, 1);
        Rows source = rows(2, 4 * gate, 2);
        Rows gates = rows(2, 4 * gate, 3);
        Rows state = rows(2, gate, 4);
        Rows memory = rows(2, gate, 5);
        return new KernelTrial("recurrent cells", state, _ -> {
            kernels.activate(gates, source, Activation.NONE);
            kernels.gruCell(state, products, gates, gate);
            kernels.activate(gates, source, Activation.NONE);
            kernels.lstmCell(state, memory, products, gates, gate);
        });
    }

    private KernelTrial rankPool() {
        int features = 2 * kernels.lanes() + 3;
        Rows left = rows(2, 3 * features, 1);
        Rows right = rows(2, 3 * features, 2);
        Rows result = rows(2, features, 3);
        return new KernelTrial("rank pool", result,
                run -> kernels.rankPool(result, left, right, features, 1 + run % 3));
    }

    private KernelTrial arithmetic() {
        Rows left = rows(7, FEATURES, 1);
        Rows right = rows(7, FEATURES, 2);
        Rows result = rows(7, FEATURES, 3);
        return new KernelTrial("add and activate", result, run -> {
            kernels.add(result, left, right);
            kernels.activate(result, result, Activation.RELU);
            kernels.mix(result, right, left);
        });
    }

    private int mostKeys() {
        return Arrays.stream(widths).max().orElseThrow() * kernels.lanes();
    }

    private int height(int run) {
        return heights[run % heights.length];
    }

    private int width(int run) {
        return widths[run / heights.length % widths.length];
    }

    private Rows rows(int count, int features, long seed) {
        RowLayout layout = RowLayout.of(1, features, kernels);
        Rows rows = new Rows(block((long) count * layout.stride() * Float.BYTES).segment(), 0, count,
                layout.paddedDim(), layout.stride());
        float[] numbers = numbers(count * features, seed);
        for (int i = 0; i < numbers.length; i++) {
            rows.set(i / features, i % features, numbers[i]);
        }
        return rows;
    }

    private Block block(long bytes) {
        blocks.add(Block.zeroed(bytes));
        return blocks.getLast();
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
