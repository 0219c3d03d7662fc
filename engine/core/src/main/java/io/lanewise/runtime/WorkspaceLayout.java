package io.lanewise.runtime;

import io.lanewise.memory.Block;
import io.lanewise.plan.AssociateStep;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.Buffer;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.Plan;
import io.lanewise.plan.PoolStep;
import io.lanewise.plan.RecurrenceStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;
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
 * @param partByte where the contexts of a block of keys start
 * @param sumsByte where the sums of all blocks of keys start
 * @param sharedByte where the tiles of scores that go both ways start
 * @param bucketByte where products with tables of distances start
 * @param poolByte where the sums of parts of a sample's rows start
 * @param recurrenceByte where the gates and states of a recurrence start
 * @param momentByte where the columns of a sequence's rows start, and what they make of others
 * @param bytes the end
 */
record WorkspaceLayout(Plan plan, Limits limits, long[] bufferBytes, long tileByte, long scratchByte, long maskByte,
        long partByte, long sumsByte, long sharedByte, long bucketByte, long poolByte,
        long recurrenceByte, long momentByte, long bytes) {

    /**
     * Query rows of a score tile, unless the keys are very many. Shallow keys are transposed once a tile: with 96 instead of 32
     * multi-head attention of 80 rows takes 2 to 4% less.
     */
    private static final int TILE_ROWS = 96;

    /** Query rows of the largest score tile. */
    static final int MOST_TILE_ROWS = TILE_ROWS;

    /** Rows that are summed before their sums are: one chain of thousands would lose digits. */
    static final int POOLED_AT_ONCE = 64;

    /** Floats of a score tile that still sit well in a core's second-level cache. */
    private static final int TILE_FLOATS = 64 * 1024;

    /** Shared scores stand an odd number of cache lines apart, as other rows do: they are transposed. */
    static final int SHARED_STRIDE = CoAttendStep.MOST_ROWS + Block.ALIGNMENT / Float.BYTES;
    static final long SHARED_TILE_BYTES = (long) CoAttendStep.MOST_ROWS * SHARED_STRIDE * Float.BYTES;

    /** Floats from one row's largest score and sum to the next one's. */
    static final int SUMS_STRIDE = 2;

    static WorkspaceLayout of(Plan plan, Limits limits) {
        long[] buffers = new long[plan.buffers().size()];
        long end = 0;
        for (Buffer buffer : plan.buffers()) {
            buffers[buffer.index()] = end;
            end = Math.addExact(end, bytes(plan, buffer, limits));
        }
        long scratch = end + tileBytes(plan, limits);
        long mask = scratch + aligned(plan.kernels().scoreScratch());
        long part = mask + aligned(Block.roundUp(widestKeys(plan, limits), AttendStep.KEYS_AT_ONCE));
        long sums = part + partBytes(plan, limits);
        long shared = sums + sumsBytes(plan, limits);
        long buckets = shared + sharedBytes(plan);
        long pool = buckets + bucketBytes(plan, limits);
        long recurrence = pool + poolBytes(plan, limits);
        long moments = recurrence + recurrenceBytes(plan, limits);
        return new WorkspaceLayout(plan, limits, buffers, end, scratch, mask, part, sums, shared, buckets, pool,
                recurrence, moments, moments + momentBytes(plan, limits));
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
        int widest = 0;
        for (Stream stream : plan.streams()) {
            widest = Math.max(widest, paddedKeys(plan, stream, limits));
        }
        return widest;
    }

    private static long tileBytes(Plan plan, Limits limits) {
        long most = 0;
        for (Stream stream : plan.streams()) {
            int keys = tileKeys(paddedKeys(plan, stream, limits));
            most = Math.max(most, (long) tileRows(keys) * keys);
        }
        return aligned(most);
    }

    /** Returns the bytes of the contexts of a block of keys, where there can be more than one. */
    private static long partBytes(Plan plan, Limits limits) {
        int widest = 0;
        for (Step step : plan.steps()) {
            for (Slot slot : step.writes()) {
                widest = Math.max(widest, slot.layout().paddedDim());
            }
        }
        return keyBlocks(widestKeys(plan, limits)) == 1
                ? 0
                : aligned((long) tileRows(AttendStep.KEYS_AT_ONCE) * widest);
    }

    private static long sumsBytes(Plan plan, Limits limits) {
        int blocks = keyBlocks(widestKeys(plan, limits));
        return blocks == 1 ? 0 : aligned((blocks + 2L) * tileRows(AttendStep.KEYS_AT_ONCE) * SUMS_STRIDE);
    }

    /** Returns the bytes of two tiles of scores, where a plan shares any. */
    private static long sharedBytes(Plan plan) {
        for (Step step : plan.steps()) {
            if (step instanceof CoAttendStep) {
                return 2 * SHARED_TILE_BYTES;
            }
        }
        return 0;
    }

    /** Returns the bytes of products with the tables of distances of one head. */
    private static long bucketBytes(Plan plan, Limits limits) {
        long most = 0;
        for (Step step : plan.steps()) {
            if (step instanceof AttendStep attend && attend.terms().relative() != null) {
                most = Math.max(most, aligned((MOST_TILE_ROWS + (long) limits.maxLength(attend.keys().stream()))
                        * paddedBuckets(plan, attend.terms().relative().buckets().count())));
            }
        }
        return most;
    }

    private static int paddedBuckets(Plan plan, int buckets) {
        return Math.toIntExact(Block.roundUp(buckets, plan.kernels().panel()));
    }

    /** Returns the floats of a row of products with a table of distances. */
    int paddedBuckets(int buckets) {
        return paddedBuckets(plan, buckets);
    }

    private static long poolBytes(Plan plan, Limits limits) {
        long most = 0;
        for (Step step : plan.steps()) {
            if (step instanceof PoolStep pool) {
                most = Math.max(most, aligned(
                        (long) poolParts(limits.maxLength(pool.rows().stream())) * pool.rows().layout().width()));
            }
        }
        return most;
    }

    private static long recurrenceBytes(Plan plan, Limits limits) {
        long most = 0;
        for (Step step : plan.steps()) {
            if (step instanceof RecurrenceStep recurrence) {
                most = Math.max(most, recurrentStateByte(recurrence,
                        limits.groupSequences(recurrence.states().stream()), recurrence.cell().states()));
            }
        }
        return most;
    }

    /** Returns where a part of the states of so many sequences starts, the gates before it. */
    static long recurrentStateByte(RecurrenceStep step, int sequences, int part) {
        return aligned((long) sequences * step.weight().output().stride())
                + part * aligned((long) sequences * step.weight().input().stride());
    }

    private static long momentBytes(Plan plan, Limits limits) {
        long most = 0;
        for (Step step : plan.steps()) {
            if (step instanceof AssociateStep associate) {
                most = Math.max(most, transposedBytes(plan, associate, limits)
                        + aligned((long) associate.rows().layout().width() * associate.values().layout().stride()));
            }
        }
        return most;
    }

    private static long transposedBytes(Plan plan, AssociateStep step, Limits limits) {
        return aligned((long) step.rows().layout().width() * paddedKeys(plan, step.rows().stream(), limits));
    }

    /** Returns the bytes of the columns of a sequence's rows. */
    long transposedBytes(AssociateStep step) {
        return transposedBytes(plan, step, limits);
    }

    /** Returns in how many parts so many rows are summed. */
    static int poolParts(int rows) {
        return Math.ceilDiv(rows, POOLED_AT_ONCE);
    }

    /** Returns how many blocks so many keys are attended to in. */
    static int keyBlocks(int keys) {
        return Math.max(1, Math.ceilDiv(keys, AttendStep.KEYS_AT_ONCE));
    }

    /** Returns the keys that a score tile is wide, where there are at most so many. */
    static int tileKeys(int paddedKeys) {
        return Math.min(paddedKeys, AttendStep.KEYS_AT_ONCE);
    }

    /** Returns the query rows of a score tile that is so many keys wide. */
    static int tileRows(int tileKeys) {
        return Math.clamp(TILE_FLOATS / tileKeys, 1, TILE_ROWS);
    }

    /** Returns the most keys of a stream, up to whole vectors. */
    int paddedKeys(Stream keys) {
        return paddedKeys(plan, keys, limits);
    }
}
