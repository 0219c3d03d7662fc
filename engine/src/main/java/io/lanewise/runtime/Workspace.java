package io.lanewise.runtime;

import java.util.Map;

import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;
import io.lanewise.plan.Buffer;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.Plan;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Stream;

/**
 * The memory that one worker needs for one group of samples, allocated once: a buffer for each part of the plan, one tile of
 * scores, scratch for kernels, and marks for masked keys.
 */
public final class Workspace implements AutoCloseable {

    /**
     * Query rows of a score tile, unless the keys are very many. Shallow keys are transposed once a tile: with 96 instead of 32
     * multi-head attention of 80 rows takes 2 to 4% less.
     */
    private static final int TILE_ROWS = 96;

    /** Floats of a score tile that still sit well in a core's second-level cache. */
    private static final int TILE_FLOATS = 64 * 1024;

    /** Shared scores stand an odd number of cache lines apart, as other rows do: they are transposed. */
    private static final int SHARED_STRIDE = CoAttendStep.MOST_ROWS + Block.ALIGNMENT / Float.BYTES;
    private static final long SHARED_TILE_BYTES = (long) CoAttendStep.MOST_ROWS * SHARED_STRIDE * Float.BYTES;

    private final Plan plan;
    private final PackedConstants constants;
    private final Limits limits;
    private final Map<String, OutputTensor> outputs;
    private final float emptyAttention;
    private final long[] bufferBytes; // where each buffer starts
    private final long tileByte;
    private final long scratchByte;
    private final long maskByte;
    private final long sharedByte;
    private final Block block;

    Workspace(Plan plan, PackedConstants constants, Limits limits, Map<String, OutputTensor> outputs,
            float emptyAttention) {
        this.plan = plan;
        this.constants = constants;
        this.limits = limits;
        this.outputs = outputs;
        this.emptyAttention = emptyAttention;
        this.bufferBytes = new long[plan.buffers().size()];
        long end = 0;
        for (Buffer buffer : plan.buffers()) {
            bufferBytes[buffer.index()] = end;
            end += bytes(plan, buffer, limits);
        }
        tileByte = end;
        scratchByte = tileByte + tileBytes(plan, limits);
        maskByte = scratchByte + scratchBytes(plan);
        sharedByte = maskByte + maskBytes(plan, limits);
        block = new Block(sharedByte + sharedBytes(plan));
    }

    /** Returns the bytes that a workspace takes, before it is made. */
    static long bytes(Plan plan, Limits limits) {
        long buffers = plan.buffers().stream().mapToLong(buffer -> bytes(plan, buffer, limits)).sum();
        return Block.roundUp(buffers + tileBytes(plan, limits) + scratchBytes(plan) + maskBytes(plan, limits)
                + sharedBytes(plan), Block.ALIGNMENT);
    }

    private static long bytes(Plan plan, Buffer buffer, Limits limits) {
        long rows = limits.groupRows(buffer.stream());
        long floats = buffer.keys() == null
                ? Math.multiplyExact(rows, (long) buffer.stride())
                : Math.multiplyExact(rows * buffer.stride(), (long) paddedKeys(plan, buffer.keys(), limits));
        return Block.roundUp(floats * Float.BYTES, Block.ALIGNMENT);
    }

    private static int paddedKeys(Plan plan, Stream keys, Limits limits) {
        return Math.toIntExact(Block.roundUp(limits.maxLength(keys), plan.kernels().panel()));
    }

    private static int widestKeys(Plan plan, Limits limits) {
        return plan.streams().stream().mapToInt(stream -> paddedKeys(plan, stream, limits)).max().orElse(0);
    }

    private static int tileRows(int paddedKeys) {
        return Math.clamp(TILE_FLOATS / paddedKeys, 1, TILE_ROWS);
    }

    private static long tileBytes(Plan plan, Limits limits) {
        long floats = plan.streams().stream().mapToLong(stream -> {
            int keys = paddedKeys(plan, stream, limits);
            return (long) tileRows(keys) * keys;
        }).max().orElse(0);
        return Block.roundUp(floats * Float.BYTES, Block.ALIGNMENT);
    }

    private static long maskBytes(Plan plan, Limits limits) {
        return Block.roundUp((long) widestKeys(plan, limits) * Float.BYTES, Block.ALIGNMENT);
    }

    /** Returns the bytes of two tiles of scores, where a plan shares any. */
    private static long sharedBytes(Plan plan) {
        return plan.steps().stream().anyMatch(CoAttendStep.class::isInstance) ? 2 * SHARED_TILE_BYTES : 0;
    }

    private static long scratchBytes(Plan plan) {
        return Block.roundUp((long) scratchFloats(plan) * Float.BYTES, Block.ALIGNMENT);
    }

    private static int scratchFloats(Plan plan) {
        return plan.kernels().scoreScratch();
    }

    /** Returns the kernels that the plan was made for. */
    public Kernels kernels() {
        return plan.kernels();
    }

    /** Returns the packed constants. */
    public PackedConstants constants() {
        return constants;
    }

    /** Returns what an attention row without keys holds: 0 or NaN. */
    public float emptyAttention() {
        return emptyAttention;
    }

    /** Returns a window of its own on whole rows of a slot. */
    public Rows rows(Slot slot) {
        return new Rows(block.segment(), start(slot), limits.groupRows(slot.stream()), slot.layout().width(),
                slot.layout().stride());
    }

    /** Returns windows of their own on the heads of a slot. */
    public HeadRows heads(Slot slot, HeadShape heads) {
        return new HeadRows(block.segment(), start(slot), limits.groupRows(slot.stream()), slot.layout(), heads);
    }

    /** Returns a window of its own on one head's columns of whole rows of a slot. */
    public Rows headColumns(Slot slot, int head) {
        RowLayout layout = slot.layout();
        return new Rows(block.segment(), start(slot) + (long) head * layout.paddedDim() * Float.BYTES,
                limits.groupRows(slot.stream()), layout.paddedDim(), layout.stride());
    }

    /** Returns a window of its own on scores that are kept whole. */
    public ScoreRows scores(Slot slot, HeadShape heads) {
        int keys = paddedKeys(plan, slot.keys(), limits);
        int rows = Math.multiplyExact(limits.groupRows(slot.stream()), heads.count());
        return new ScoreRows(new Rows(block.segment(), start(slot), rows, keys, keys), slot.stream().index(), heads);
    }

    /** Returns a window of its own on a tile of scores as wide as a stream of keys can be. */
    public Rows scoreTile(Stream keys) {
        int width = paddedKeys(plan, keys, limits);
        return new Rows(block.segment(), tileByte, tileRows(width), width, width);
    }

    /** Returns a window of its own on one of the two tiles of scores that go both ways. */
    public Rows sharedScores(int which) {
        return new Rows(block.segment(), sharedByte + which * SHARED_TILE_BYTES, CoAttendStep.MOST_ROWS,
                CoAttendStep.MOST_ROWS, SHARED_STRIDE);
    }

    /** Returns a window of its own on one row of marks for the keys of a stream. */
    public Rows maskRow(Stream keys) {
        int width = paddedKeys(plan, keys, limits);
        return new Rows(block.segment(), maskByte, 1, width, width);
    }

    /** Returns a window of its own on the scratch that kernels overwrite. */
    public Rows scratch() {
        int floats = scratchFloats(plan);
        return new Rows(block.segment(), scratchByte, 1, floats, floats);
    }

    /** Returns the copier of an attention map; it does nothing if the output is null. */
    public AttentionMap attentionMap(String output, Stream queries, Stream keys, HeadShape heads, boolean queryMask) {
        return new AttentionMap(output == null ? null : outputs.get(output), queries, keys, heads, queryMask,
                emptyAttention);
    }

    /** Says that the next group of samples needs nothing of what the last one left. */
    void forget() {
        block.forget();
    }

    private long start(Slot slot) {
        return bufferBytes[plan.bufferOf().get(slot.id())];
    }

    @Override
    public void close() {
        block.close();
    }
}
