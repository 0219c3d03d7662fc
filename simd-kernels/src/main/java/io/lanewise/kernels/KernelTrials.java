package io.lanewise.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;

/**
 * The trial of a kernel on small operands, at sizes that reach every tile and every branch: enough to have C2 compile it, and to see
 * whether the compiled code allocates, which it does only where it keeps vectors as objects, at a fifteenth of the speed.
 *
 * <p>Owns its memory; for the thread that has made it.
 */
public final class KernelTrials implements AutoCloseable {

    /** Rows and panels of matrix products that are one tile each: every height, and one and two rows also with several panels. */
    private static final int[][] PRODUCTS = {{6, 1}, {4, 1}, {3, 1}, {2, 2}, {1, 4}, {2, 1}, {1, 1}, {5, 1}};
    /** The same for streamed weights, where a panel's tile reads ahead if another panel comes. */
    private static final int[][] STREAMED_PRODUCTS = {{6, 2}, {4, 2}, {3, 1}, {2, 2}, {1, 4}, {2, 1}, {1, 1}, {5, 1}};
    private static final int MOST_ROWS = 6;
    private static final int MOST_PANELS = 4;
    private static final int TURN = SumOrder.TURNS; // vectors: each of a sum's chains has one
    private static final int DEPTH = 10; // iterations, from which C2 sees that the loop matters
    private static final int ELEMENTS = 4; // rows whose elements are gone over
    private static final int IDLE_TILES = 32; // tiles or rows of a call with nothing to do
    private static final int FEW = 4; // calls, where one reaches what is compiled several times
    private static final int BUCKETS = 35;
    private static final int DEEP_KEYS = 16; // at most

    private final Kernels kernels;
    private final int lanes;
    private final int tileVectors; // of a tile of contexts
    private final List<Block> blocks = new ArrayList<>();
    private final KernelTrial trial;
    private long seed;

    private KernelTrials(Kernels kernels, Function<KernelTrials, KernelTrial> layout) {
        this.kernels = kernels;
        this.lanes = kernels.lanes();
        this.tileVectors = SumOrder.panelVectors(lanes);
        try {
            this.trial = layout.apply(this);
        } catch (Throwable failure) { // such as no memory for the next operand
            close();
            throw failure;
        }
    }

    /** Lays out operands for a form's trial. */
    public static KernelTrials of(Kernels kernels, KernelForm form) {
        return new KernelTrials(kernels, trials -> trials.trial(form));
    }

    /** Lays out operands for the trial of one size of a form's calls, which is one part. */
    public static KernelTrials of(Kernels kernels, CallSize size) {
        return new KernelTrials(kernels, trials -> trials.trial(size));
    }

    /** Returns the trial. */
    public KernelTrial trial() {
        return trial;
    }

    private KernelTrial trial(KernelForm form) {
        return switch (form) {
            case MATMUL -> matMul(form, PRODUCTS, 1);
            case MATMUL_THAT_ADDS -> matMul(form, PRODUCTS, 2);
            case MATMUL_THAT_STREAMS -> matMul(form, STREAMED_PRODUCTS, 2);
            case MATMUL_OF_BF16, MATMUL_OF_INT8 -> matMul(form, PRODUCTS, 2);
            case ROW_SCORES -> rowScores(form, (int) Block.roundUp(DEPTH, lanes));
            case DEEP_ROW_SCORES -> rowScores(form, SumOrder.CHAINED_DEPTH + lanes);
            case TRANSPOSE -> transpose(form);
            case MASKED_SOFTMAX -> maskedSoftmax(form);
            case PARTIAL_SOFTMAX -> partialSoftmax(form);
            case ROW_CONTEXT -> rowContext(form, 1, tileVectors);
            case ROW_CONTEXT_OF_32 -> rowContext(form, 2, 2);
            case ROW_CONTEXT_OF_64 -> rowContext(form, tileVectors, tileVectors);
            case FUSED_NORM -> fusedNorm(form);
            case RMS_NORM -> rmsNorm(form);
            case ADD, MIX, MAX -> arithmetic(form);
            case ROTATE -> rotation(form);
            case ADD_DIAGONALS -> addDiagonals(form);
            case MASK_DIAGONALS -> maskDiagonals(form);
            case ADD_BUCKETS -> buckets(form);
            case GRU_CELL, LSTM_CELL -> recurrentCell(form);
            case RANK_POOL -> rankPool(form);
            default -> activation(form);
        };
    }

    private KernelTrial trial(CallSize size) {
        return switch (size.form()) {
            case ROW_SCORES -> rowScores(size, (int) Block.roundUp(DEPTH, lanes));
            case DEEP_ROW_SCORES -> rowScores(size, SumOrder.CHAINED_DEPTH + lanes);
            case ROW_CONTEXT, ROW_CONTEXT_OF_32, ROW_CONTEXT_OF_64 -> rowContext(size);
            default -> matMul(size);
        };
    }

    private KernelTrial matMul(CallSize size) {
        boolean isStreamed = size.form() == KernelForm.MATMUL_THAT_STREAMS;
        int ways = size.form() == KernelForm.MATMUL ? 1 : 2;
        Storage storage = storage(size.form());
        Rows rows = rows(size.rows(), DEPTH);
        Rows result = rows(size.rows(), size.columns());
        Rows nothing = rows(size.rows(), 0);
        Block weights = block(size.columns() * (DEPTH + 1L));
        if (storage == Storage.BF16) {
            repeatUpperHalves(weights);
        }
        PackedWeight deep = new PackedWeight(weights.segment(), 0, size.columns(), DEPTH, storage, true, isStreamed);
        PackedWeight empty = new PackedWeight(weights.segment(), 0, size.columns(), 0, storage, false, isStreamed);
        int idleCalls = idleCalls(size.rows(), size.columns() / kernels.panel());
        return new KernelTrial(size.form(), result, 1, _ -> multiply(result, rows, deep, size.rows(), ways), _ -> {
            for (int i = 0; i < idleCalls; i++) {
                multiply(nothing, nothing, empty, size.rows(), ways);
            }
        });
    }

    /** Returns how many calls of so many rows and tiles beside each other are as many tiles as a call of {@link #IDLE_TILES}. */
    private static int idleCalls(int rows, int width) {
        return Math.ceilDiv(IDLE_TILES, Math.ceilDiv(rows, MOST_ROWS) * width);
    }

    private KernelTrial rowScores(CallSize size, int depth) {
        Rows queries = rows(size.rows(), depth);
        Rows keys = rows(size.columns(), depth);
        Rows scores = rows(size.rows(), (int) Block.roundUp(size.columns(), tileVectors * lanes));
        Rows scratch = rows(1, kernels.scoreScratch());
        Rows noQueries = rows(size.rows(), 0);
        Rows noKeys = rows(size.columns(), 0);
        int idleCalls = idleCalls(size.rows(), Math.ceilDiv(size.columns(), tileVectors * lanes));
        return new KernelTrial(size.form(), scores, 1, _ -> kernels.rowScores(scores, queries, keys, 0.5f, scratch),
                size.form() == KernelForm.DEEP_ROW_SCORES ? null : _ -> {
                    for (int i = 0; i < idleCalls; i++) {
                        kernels.rowScores(scores, noQueries, noKeys, 0.5f, scratch);
                    }
                });
    }

    private KernelTrial rowContext(CallSize size) {
        Rows attention = rows(size.rows(), DEPTH);
        Rows values = rows(DEPTH, size.columns());
        Rows context = rows(size.rows(), size.columns());
        int idleCalls = idleCalls(size.rows(), Math.ceilDiv(size.columns(), tileVectors * lanes));
        return new KernelTrial(size.form(), context, 1, _ -> mix(context, attention, values, size.rows(), DEPTH),
                _ -> {
                    for (int i = 0; i < idleCalls; i++) {
                        mix(context, attention, values, size.rows(), 0);
                    }
                });
    }

    /** Products that write their result, or also those that add to it; a tile each, or two. */
    private KernelTrial matMul(KernelForm form, int[][] products, int ways) {
        boolean isStreamed = form == KernelForm.MATMUL_THAT_STREAMS;
        Storage storage = storage(form);
        Rows rows = rows(MOST_ROWS, DEPTH);
        Rows result = rows(MOST_ROWS, MOST_PANELS * kernels.panel());
        Rows nothing = rows(MOST_ROWS, 0);
        Block weights = block(MOST_PANELS * kernels.panel() * (DEPTH + 1L));
        if (storage == Storage.BF16) {
            repeatUpperHalves(weights);
        }
        PackedWeight[] deep = new PackedWeight[products.length];
        PackedWeight[] empty = new PackedWeight[products.length];
        for (int part = 0; part < products.length; part++) {
            int columns = products[part][1] * kernels.panel();
            deep[part] = new PackedWeight(weights.segment(), 0, columns, DEPTH, storage, true, isStreamed);
            int tiles = isNarrow(products[part]) ? 1 : IDLE_TILES;
            empty[part] = new PackedWeight(weights.segment(), 0, columns * tiles, 0, storage, false, isStreamed);
        }
        int parts = tileVectors == 4 ? products.length : products.length - 1; // five rows are a tile with 512 bits alone
        return new KernelTrial(form, result, parts,
                part -> multiply(result, rows, deep[part], products[part][0], ways), part -> {
                    for (int i = 0; i < (isNarrow(products[part]) ? IDLE_TILES : 1); i++) {
                        multiply(nothing, nothing, empty[part], products[part][0], ways);
                    }
                });
    }

    private static Storage storage(KernelForm form) {
        return switch (form) {
            case MATMUL_OF_BF16 -> Storage.BF16;
            case MATMUL_OF_INT8 -> Storage.INT8;
            default -> Storage.F32;
        };
    }

    /** Makes two numbers of each that are {@link Storage#BF16}: what is in a float's lower half might be none. */
    private static void repeatUpperHalves(Block floats) {
        MemorySegment segment = floats.segment();
        for (long i = 0; i < segment.byteSize() / Integer.BYTES; i++) {
            int upper = segment.getAtIndex(ValueLayout.JAVA_INT, i) >>> Short.SIZE;
            segment.setAtIndex(ValueLayout.JAVA_INT, i, upper << Short.SIZE | upper);
        }
    }

    /** Says whether more panels would be another tile. */
    private static boolean isNarrow(int[] product) {
        return product[0] <= 2 && product[1] == 1;
    }

    private void multiply(Rows result, Rows rows, PackedWeight weight, int count, int ways) {
        for (int way = 0; way < ways; way++) {
            kernels.packedMatMul(result.select(0, count), rows.select(0, count), weight, way > 0, Activation.NONE);
        }
    }

    /**
     * Every height of a tile with every width; all write and read the same rows. Deep ones have always something to do, and much of it:
     * they get fewer keys.
     */
    private KernelTrial rowScores(KernelForm form, int depth) {
        boolean isDeep = form == KernelForm.DEEP_ROW_SCORES;
        int deepVectors = Math.min(tileVectors, Math.ceilDiv(DEEP_KEYS, lanes));
        int widths = isDeep ? 1 : tileVectors;
        int heights = !isDeep ? MOST_ROWS : tileVectors == 4 ? 5 : 3;
        Rows queries = rows(MOST_ROWS, depth);
        Rows keys = rows(tileVectors * lanes, depth);
        Rows scores = rows(MOST_ROWS, tileVectors * lanes);
        Rows scratch = rows(1, kernels.scoreScratch());
        Rows noQueries = rows(MOST_ROWS, 0);
        Rows noKeys = rows(IDLE_TILES * tileVectors * lanes, 0);
        Rows zeros = rows(MOST_ROWS, noKeys.count());
        IntConsumer idle = part -> {
            int width = 1 + part % widths;
            if (width == tileVectors) {
                score(zeros, noQueries, noKeys, 1 + part / widths, IDLE_TILES * width, scratch);
            } else {
                for (int i = 0; i < IDLE_TILES; i++) {
                    score(zeros, noQueries, noKeys, 1 + part / widths, width, scratch);
                }
            }
        };
        return new KernelTrial(form, scores, heights * widths,
                part -> score(scores, queries, keys, 1 + part / widths, isDeep ? deepVectors : 1 + part % widths,
                        scratch),
                isDeep ? null : idle);
    }

    private void score(Rows scores, Rows queries, Rows keys, int count, int vectors, Rows scratch) {
        kernels.rowScores(scores.select(0, count), queries.select(0, count),
                keys.select(0, lanes * vectors), 0.5f, scratch); // whole vectors: every cell is defined
    }

    private KernelTrial transpose(KernelForm form) {
        Rows rows = rows(lanes, lanes);
        Rows result = rows(lanes, lanes);
        return new KernelTrial(form, result, 1, _ -> kernels.transpose(result.select(0, lanes), rows),
                _ -> {
                    for (int i = 0; i < IDLE_TILES; i++) {
                        kernels.transpose(result.select(0, 0), rows);
                    }
                });
    }

    /** One vector of keys, which has a loop of its own; and more of them, in every number that a turn of sums may end with. */
    private KernelTrial maskedSoftmax(KernelForm form) {
        int most = (2 * TURN - 1) * lanes;
        Rows source = rows(IDLE_TILES, most);
        Rows scores = rows(IDLE_TILES, most);
        Rows nothing = rows(IDLE_TILES, 0);
        Rows mask = mask(most);
        return new KernelTrial(form, scores, 2, part -> {
            copy(scores, source);
            scores.select(0, ELEMENTS);
            kernels.maskedSoftmax(scores, part == 0 ? lanes : (TURN + 1) * lanes, null, 0);
            kernels.maskedSoftmax(scores, part == 0 ? lanes - 1 : most - 1, mask, 0);
        }, part -> {
            if (part == 1) {
                kernels.maskedSoftmax(nothing, 0, mask, 0);
            } else {
                for (int i = 0; i < IDLE_TILES; i++) {
                    kernels.maskedSoftmax(scores.select(0, 0), lanes, mask, 0);
                }
            }
        });
    }

    private KernelTrial partialSoftmax(KernelForm form) {
        int most = (2 * TURN - 1) * lanes;
        Rows source = rows(ELEMENTS, most);
        Rows scores = rows(ELEMENTS, most);
        Rows nothing = rows(IDLE_TILES, 0);
        Rows mask = mask(most);
        Rows sums = rows(IDLE_TILES, 2);
        return new KernelTrial(form, scores, 1, _ -> {
            copy(scores, source);
            kernels.partialSoftmax(scores, (TURN + 1) * lanes, null, sums);
            kernels.partialSoftmax(scores, most - 1, mask, sums);
        }, _ -> kernels.partialSoftmax(nothing, 0, mask, sums));
    }

    /** Every height of a tile with every width from the least number of vectors to the most. */
    private KernelTrial rowContext(KernelForm form, int least, int most) {
        int widths = most - least + 1;
        Rows attention = rows(MOST_ROWS, DEPTH);
        Rows[] values = new Rows[widths];
        Rows[] contexts = new Rows[widths];
        Rows[] wide = new Rows[widths];
        for (int i = 0; i < widths; i++) {
            int width = (least + i) * lanes;
            values[i] = rows(DEPTH, width);
            contexts[i] = rows(MOST_ROWS, width);
            wide[i] = rows(MOST_ROWS, least + i == tileVectors ? IDLE_TILES * width : width);
        }
        return new KernelTrial(form, contexts[0], MOST_ROWS * widths,
                part -> mix(contexts[part % widths], attention, values[part % widths], 1 + part / widths, DEPTH),
                part -> {
                    int i = part % widths;
                    for (int call = 0; call < (least + i == tileVectors ? 1 : IDLE_TILES); call++) {
                        mix(wide[i], attention, values[i], 1 + part / widths, 0);
                    }
                });
    }

    private void mix(Rows context, Rows attention, Rows values, int count, int keys) {
        kernels.rowContext(context.select(0, count), attention.select(0, count), values.select(0, keys));
    }

    private KernelTrial fusedNorm(KernelForm form) {
        int most = 2 * TURN * lanes;
        Rows rows = rows(MOST_ROWS - 1, most);
        Rows residual = rows(MOST_ROWS - 1, most);
        Rows result = rows(MOST_ROWS - 1, most);
        Rows scale = rows(1, most);
        Rows shift = rows(1, most);
        return new KernelTrial(form, result, 1, _ -> {
            normalize(result, rows, residual, most - 1, scale, shift);
            normalize(result, rows, null, most - lanes, scale, shift);
            normalize(result, rows, residual, most - 3 * lanes, scale, null);
            normalize(result, rows, null, most, null, shift);
        }, _ -> {
            for (int i = 0; i < FEW; i++) {
                normalize(result, rows, residual, 0, scale, shift);
                normalize(result, rows, null, 0, scale, null);
                normalize(result, rows, null, 0, null, shift);
            }
        });
    }

    private void normalize(Rows result, Rows rows, Rows residual, int features, Rows scale, Rows shift) {
        kernels.fusedNorm(result, rows, residual, features, 1e-5f, scale, shift);
    }

    private KernelTrial rmsNorm(KernelForm form) {
        int most = 2 * TURN * lanes;
        Rows rows = rows(MOST_ROWS - 1, most);
        Rows result = rows(MOST_ROWS - 1, most);
        Rows scale = rows(1, most);
        return new KernelTrial(form, result, 1, _ -> {
            kernels.rmsNorm(result, rows, most - 1, 1e-5f, scale);
            kernels.rmsNorm(result, rows, most - lanes, 1e-5f, null);
        }, _ -> {
            for (int i = 0; i < FEW; i++) {
                kernels.rmsNorm(result, rows, 0, 1e-5f, scale);
                kernels.rmsNorm(result, rows, 0, 1e-5f, null);
            }
        });
    }

    private KernelTrial arithmetic(KernelForm form) {
        Rows left = rows(IDLE_TILES, TURN * lanes);
        Rows right = rows(IDLE_TILES, TURN * lanes);
        Rows result = rows(ELEMENTS, TURN * lanes);
        Rows nothing = rows(IDLE_TILES, 0);
        return new KernelTrial(form, result, 1, _ -> combine(form, result, left, right),
                _ -> combine(form, nothing, left, right));
    }

    private void combine(KernelForm form, Rows result, Rows left, Rows right) {
        switch (form) {
            case ADD -> kernels.add(result, left, right);
            case MIX -> kernels.mix(result, left, right);
            default -> kernels.max(result, left, right);
        }
    }

    private KernelTrial activation(KernelForm form) {
        boolean gates = form.ordinal() >= KernelForm.GATE_NONE.ordinal();
        KernelForm first = gates ? KernelForm.GATE_NONE : KernelForm.ACTIVATE_NONE;
        Activation activation = Activation.values()[form.ordinal() - first.ordinal()];
        Rows rows = rows(IDLE_TILES, TURN * lanes);
        Rows ups = rows(IDLE_TILES, TURN * lanes);
        Rows result = rows(ELEMENTS, TURN * lanes);
        Rows nothing = rows(IDLE_TILES, 0);
        if (gates) {
            return new KernelTrial(form, result, 1, _ -> kernels.gate(result, rows, ups, activation),
                    _ -> kernels.gate(nothing, rows, ups, activation));
        }
        return new KernelTrial(form, result, 1, _ -> kernels.activate(result, rows, activation),
                _ -> kernels.activate(nothing, rows, activation));
    }

    private KernelTrial rotation(KernelForm form) {
        int half = TURN * lanes + 3;
        Rows rows = rows(IDLE_TILES, 2 * half);
        Rows table = rows(IDLE_TILES, 2 * half);
        Rows result = rows(IDLE_TILES, 2 * half);
        return new KernelTrial(form, result, 1, _ -> kernels.rotate(result.select(0, ELEMENTS), rows, half, table),
                _ -> kernels.rotate(result.select(0, IDLE_TILES), rows, 0, table));
    }

    private KernelTrial addDiagonals(KernelForm form) {
        int keys = TURN * lanes;
        Rows source = rows(IDLE_TILES, keys);
        Rows scores = rows(IDLE_TILES, keys);
        Rows values = rows(1, keys + IDLE_TILES);
        return new KernelTrial(form, scores, 1, _ -> {
            copy(scores, source);
            kernels.addDiagonals(scores.select(0, ELEMENTS), keys, values, IDLE_TILES - 1);
        }, _ -> kernels.addDiagonals(scores.select(0, IDLE_TILES), 0, values, IDLE_TILES - 1));
    }

    private KernelTrial maskDiagonals(KernelForm form) {
        int keys = TURN * lanes;
        Rows scores = rows(IDLE_TILES, keys);
        return new KernelTrial(form, scores, 1,
                _ -> kernels.maskDiagonals(scores.select(0, ELEMENTS), keys, lanes + 1, lanes, lanes + 2),
                _ -> kernels.maskDiagonals(scores.select(0, IDLE_TILES), 0, lanes + 1, lanes, lanes + 2));
    }

    private KernelTrial buckets(KernelForm form) {
        int keys = TURN * lanes;
        Rows source = rows(ELEMENTS, keys);
        Rows scores = rows(ELEMENTS, keys);
        Rows ofQueries = rows(ELEMENTS, BUCKETS);
        Rows ofKeys = rows(keys, BUCKETS);
        int[] columns = IntStream.range(0, keys + ELEMENTS).map(distance -> distance % BUCKETS).toArray();
        return new KernelTrial(form, scores, 1, _ -> {
            copy(scores, source);
            kernels.addBuckets(scores, keys, ofQueries, ofKeys, columns, keys);
            kernels.addBuckets(scores, keys, null, ofKeys, columns, keys);
            kernels.addBuckets(scores, keys, ofQueries, null, columns, keys);
        }, null);
    }

    private KernelTrial recurrentCell(KernelForm form) {
        int gate = 2 * lanes;
        Rows products = rows(IDLE_TILES, 4 * gate);
        Rows source = rows(IDLE_TILES, 4 * gate);
        Rows gates = rows(IDLE_TILES, 4 * gate);
        Rows state = rows(IDLE_TILES, gate);
        Rows memory = rows(IDLE_TILES, gate);
        return new KernelTrial(form, state, 1, _ -> {
            copy(gates, source);
            memory.clear();
            step(form, state.select(0, ELEMENTS), memory, products, gates, gate);
        }, _ -> step(form, state.select(0, IDLE_TILES), memory, products, gates, 0));
    }

    private void step(KernelForm form, Rows state, Rows memory, Rows products, Rows gates, int gate) {
        if (form == KernelForm.GRU_CELL) {
            kernels.gruCell(state, products, gates, gate);
        } else {
            kernels.lstmCell(state, memory, products, gates, gate);
        }
    }

    private KernelTrial rankPool(KernelForm form) {
        int features = 2 * lanes + 3;
        Rows left = rows(IDLE_TILES, 3 * features);
        Rows right = rows(IDLE_TILES, 3 * features);
        Rows result = rows(IDLE_TILES, (int) Block.roundUp(features, lanes));
        return new KernelTrial(form, result, 1, _ -> {
            result.select(0, ELEMENTS);
            kernels.rankPool(result, left, right, features, 1);
            kernels.rankPool(result, left, right, features, 3);
        }, _ -> kernels.rankPool(result.select(0, IDLE_TILES), left, right, 0, 3));
    }

    private static void copy(Rows to, Rows from) {
        long bytes = from.capacity() * from.strideBytes();
        MemorySegment.copy(from.segment(), 0, to.segment(), 0, bytes);
    }

    private Rows mask(int keys) {
        Rows mask = rows(1, keys);
        mask.clear();
        mask.set(0, 3, 1);
        return mask;
    }

    private Rows rows(int count, int width) {
        int stride = (int) Block.roundUp(width, lanes);
        return new Rows(block((long) count * stride).segment(), 0, count, width, stride);
    }

    /** Makes a block of numbers. */
    private Block block(long floats) {
        Block block = Block.zeroedForThisThread(floats * Float.BYTES);
        blocks.add(block);
        SplittableRandom random = new SplittableRandom(seed++);
        for (long i = 0; i < floats; i++) {
            block.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat(-1, 1));
        }
        return block;
    }

    /** Frees the operands; the trial must not run after this. */
    @Override
    public void close() {
        blocks.forEach(Block::close);
    }
}
