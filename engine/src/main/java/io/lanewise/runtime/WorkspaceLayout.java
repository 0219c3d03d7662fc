package io.lanewise.runtime;

import io.lanewise.memory.Block;
import io.lanewise.plan.Buffer;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.Plan;
import io.lanewise.plan.Stream;

/**
 * Where the parts of a workspace stand, and so how large it is, before there is one: first the plan's buffers, then what a
 * thread needs for itself while it runs a step.
 *
 * @param plan what is to be run
 * @param limits the largest run
 * @param bufferBytes by buffer, where it starts
 * @param tileByte where the tile of scores starts
 * @param scratchByte where the scratch of kernels starts
 * @param maskByte where the marks of masked keys start
 * @param sharedByte where the tiles of scores that go both ways start
 * @param bytes the end
 */
record WorkspaceLayout(Plan plan, Limits limits, long[] bufferBytes, long tileByte, long scratchByte, long maskByte,
        long sharedByte, long bytes) {

    /**
     * Query rows of a score tile, unless the keys are very many. Shallow keys are transposed once a tile: with 96 instead of 32
     * multi-head attention of 80 rows takes 2 to 4% less.
     */
    private static final int TILE_ROWS = 96;

    /** Floats of a score tile that still sit well in a core's second-level cache. */
    private static final int TILE_FLOATS = 64 * 1024;

    /** Shared scores stand an odd number of cache lines apart, as other rows do: they are transposed. */
    static final int SHARED_STRIDE = CoAttendStep.MOST_ROWS + Block.ALIGNMENT / Float.BYTES;
    static final long SHARED_TILE_BYTES = (long) CoAttendStep.MOST_ROWS * SHARED_STRIDE * Float.BYTES;

    static WorkspaceLayout of(Plan plan, Limits limits) {
        long[] buffers = new long[plan.buffers().size()];
        long end = 0;
        for (Buffer buffer : plan.buffers()) {
            buffers[buffer.index()] = end;
            end += bytes(plan, buffer, limits);
        }
        long scratch = end + tileBytes(plan, limits);
        long mask = scratch + aligned(plan.kernels().scoreScratch());
        long shared = mask + aligned(widestKeys(plan, limits));
        return new WorkspaceLayout(plan, limits, buffers, end, scratch, mask, shared, shared + sharedBytes(plan));
    }

    private static long aligned(long floats) {
        return Block.roundUp(Math.multiplyExact(floats, (long) Float.BYTES), Block.ALIGNMENT);
    }

    private static long bytes(Plan plan, Buffer buffer, Limits limits) {
        long floats = Math.multiplyExact((long) limits.groupRows(buffer.stream()), (long) buffer.stride());
        return aligned(buffer.keys() == null
                ? floats
                : Math.multiplyExact(floats, (long) paddedKeys(plan, buffer.keys(), limits)));
    }

    private static int paddedKeys(Plan plan, Stream keys, Limits limits) {
        return Math.toIntExact(Block.roundUp(limits.maxLength(keys), plan.kernels().panel()));
    }

    private static int widestKeys(Plan plan, Limits limits) {
        return plan.streams().stream().mapToInt(stream -> paddedKeys(plan, stream, limits)).max().orElse(0);
    }

    private static long tileBytes(Plan plan, Limits limits) {
        return aligned(plan.streams().stream().mapToLong(stream -> {
            int keys = paddedKeys(plan, stream, limits);
            return (long) tileRows(keys) * keys;
        }).max().orElse(0));
    }

    /** Returns the bytes of two tiles of scores, where a plan shares any. */
    private static long sharedBytes(Plan plan) {
        return plan.steps().stream().anyMatch(CoAttendStep.class::isInstance) ? 2 * SHARED_TILE_BYTES : 0;
    }

    /** Returns the query rows of a score tile that is so many keys wide. */
    static int tileRows(int paddedKeys) {
        return Math.clamp(TILE_FLOATS / paddedKeys, 1, TILE_ROWS);
    }

    /** Returns the most keys of a stream, up to whole vectors. */
    int paddedKeys(Stream keys) {
        return paddedKeys(plan, keys, limits);
    }
}
