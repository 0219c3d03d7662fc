package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.stream.IntStream;

import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AssociateStep;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.Plan;
import io.lanewise.plan.RecurrenceStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Stream;
import io.lanewise.plan.TableRef;

/**
 * The memory that one worker needs for one group of samples: a buffer for each part of the plan, one tile of scores, scratch for
 * kernels, and marks for masked keys. Its owner allocates and frees it.
 */
final class Workspace {

    private final WorkspaceLayout layout;
    private final Plan plan;
    private final PackedConstants constants;
    private final Limits limits;
    private final Map<String, OutputTensor> outputs;
    private final float emptyAttention;
    private final MemorySegment buffers;
    private final MemorySegment own;

    /**
     * Lays a plan's workspace into memory of at least the layout's size.
     *
     * @param buffers holds the plan's buffers: of one thread, or of threads that work on the same rows
     * @param own holds what the thread needs for itself; it may be the same memory
     */
    Workspace(WorkspaceLayout layout, PackedConstants constants, Map<String, OutputTensor> outputs,
            float emptyAttention, MemorySegment buffers, MemorySegment own) {
        this.layout = layout;
        this.plan = layout.plan();
        this.constants = constants;
        this.limits = layout.limits();
        this.outputs = outputs;
        this.emptyAttention = emptyAttention;
        this.buffers = buffers;
        this.own = own;
    }

    /** Returns the kernels that the plan was made for. */
    Kernels kernels() {
        return plan.kernels();
    }

    /** Returns the packed constants. */
    PackedConstants constants() {
        return constants;
    }

    /** Returns what an attention row without keys holds: 0 or NaN. */
    float emptyAttention() {
        return emptyAttention;
    }

    /** Returns a window of its own on whole rows of a slot. */
    Rows rows(Slot slot) {
        return new Rows(buffers, start(slot), limits.groupRows(slot.stream()), slot.layout().width(),
                slot.layout().stride());
    }

    /** Returns windows of their own on the heads of a slot. */
    HeadRows heads(Slot slot, HeadShape heads) {
        return new HeadRows(buffers, start(slot), limits.groupRows(slot.stream()), slot.layout(), heads);
    }

    /** Returns a window of its own on one head's columns of whole rows of a slot. */
    Rows headColumns(Slot slot, int head) {
        RowLayout row = slot.layout();
        return new Rows(buffers, start(slot) + (long) head * row.paddedDim() * Float.BYTES,
                limits.groupRows(slot.stream()), row.paddedDim(), row.stride());
    }

    /** Returns windows of their own on the columns of each head of whole rows of a slot; on whole rows where there is one head. */
    Rows[] headColumns(Slot slot, HeadShape heads) {
        return heads.count() == 1
                ? new Rows[]{rows(slot)}
                : IntStream.range(0, heads.count()).mapToObj(head -> headColumns(slot, head)).toArray(Rows[]::new);
    }

    /** Returns a window of its own on scores that are kept whole. */
    ScoreRows scores(Slot slot, HeadShape heads) {
        int keys = layout.paddedKeys(slot.keys());
        int rows = Math.multiplyExact(limits.groupRows(slot.stream()), heads.count());
        return new ScoreRows(new Rows(buffers, start(slot), rows, keys, keys), slot.stream().index(), heads);
    }

    /** Returns a window of its own on an input of pairs, a row for each row of its stream. */
    Rows pairs(Slot slot) {
        int keys = layout.paddedKeys(slot.keys());
        return new Rows(buffers, start(slot), limits.groupRows(slot.stream()), keys, keys);
    }

    /** Returns a window of its own on a part of the states of all sequences of a group, one row each. */
    Rows recurrentState(RecurrenceStep step, int part) {
        RowLayout row = step.weight().input();
        int sequences = limits.groupSequences(step.states().stream());
        return new Rows(own, layout.recurrenceByte() + WorkspaceLayout.recurrentStateByte(step, sequences, part),
                sequences, row.width(), row.stride());
    }

    /** Returns a window of its own on the gates of all sequences of a group, one row each. */
    Rows recurrentGates(RecurrenceStep step) {
        RowLayout row = step.weight().output();
        return new Rows(own, layout.recurrenceByte(), limits.groupSequences(step.states().stream()), row.width(),
                row.stride());
    }

    /** Returns a window of its own on the columns of a sequence's rows as rows. */
    Rows transposedRows(AssociateStep step) {
        int width = layout.paddedKeys(step.rows().stream());
        return new Rows(own, layout.momentByte(), step.rows().layout().width(), width, width);
    }

    /** Returns a window of its own on what a sequence's rows make of values that stand beside them. */
    Rows moments(AssociateStep step) {
        RowLayout row = step.values().layout();
        return new Rows(own, layout.momentByte() + layout.transposedBytes(step), step.rows().layout().width(),
                row.width(), row.stride());
    }

    /** Returns a window of its own on a tile of scores as wide as a stream of keys, or a block of them, can be. */
    Rows scoreTile(Stream keys) {
        int width = WorkspaceLayout.tileKeys(layout.paddedKeys(keys));
        return new Rows(own, layout.tileByte(), WorkspaceLayout.tileRows(width), width, width);
    }

    /** Returns a window of its own on one of the two tiles of scores that go both ways. */
    Rows sharedScores(int which) {
        return new Rows(own, layout.sharedByte() + which * WorkspaceLayout.SHARED_TILE_BYTES, CoAttendStep.MOST_ROWS,
                CoAttendStep.MOST_ROWS, WorkspaceLayout.SHARED_STRIDE);
    }

    /** Returns a window of its own on one row of marks for the keys of a stream. */
    Rows maskRow(Stream keys) {
        int width = layout.paddedKeys(keys);
        return new Rows(own, layout.maskByte(), 1, width, width);
    }

    /** Returns a window of its own on the same marks, block by block of keys. */
    Rows maskBlocks(Stream keys) {
        return new Rows(own, layout.maskByte(), keyBlocks(keys), AttendStep.KEYS_AT_ONCE, AttendStep.KEYS_AT_ONCE);
    }

    /** Returns in how many blocks a stream of keys is attended to at the most. */
    int keyBlocks(Stream keys) {
        return WorkspaceLayout.keyBlocks(limits.maxLength(keys));
    }

    /** Returns a window of its own on the contexts of a block of keys, a head wide. */
    Rows partContexts(Slot context) {
        int width = context.layout().paddedDim();
        return new Rows(own, layout.partByte(), WorkspaceLayout.tileRows(AttendStep.KEYS_AT_ONCE), width, width);
    }

    /** Returns a window of its own on pairs of numbers, two more for each query of a tile than there are blocks of keys. */
    Rows partSums(Stream keys) {
        int rows = WorkspaceLayout.tileRows(AttendStep.KEYS_AT_ONCE);
        return new Rows(own, layout.sumsByte(), (keyBlocks(keys) + 2) * rows, WorkspaceLayout.SUMS_STRIDE,
                WorkspaceLayout.SUMS_STRIDE);
    }

    /** Returns a window of its own on what a tile of queries makes of a table of distances. */
    Rows queryBuckets(int buckets) {
        return bucketRows(0, WorkspaceLayout.MOST_TILE_ROWS, buckets);
    }

    /** Returns a window of its own on what all keys of a sample make of a table of distances. */
    Rows keyBuckets(Stream keys, int buckets) {
        return bucketRows(WorkspaceLayout.MOST_TILE_ROWS, limits.maxLength(keys), buckets);
    }

    private Rows bucketRows(int first, int rows, int buckets) {
        int width = layout.paddedBuckets(buckets);
        return new Rows(own, layout.bucketByte() + (long) first * width * Float.BYTES, rows, width, width);
    }

    /** Returns a window of its own on some rows for the sums of many rows of a slot. */
    Rows partSumsOfRows(Slot rows) {
        int width = rows.layout().width();
        return new Rows(own, layout.poolByte(), WorkspaceLayout.poolParts(limits.maxLength(rows.stream())), width,
                width);
    }

    /** Returns a window of its own on a row of weights for the rows of a stream. */
    Rows poolWeights(Stream stream) {
        int width = layout.paddedKeys(stream);
        return new Rows(own, layout.maskByte(), 1, width, width);
    }

    /** Returns a window of its own on the scratch that kernels overwrite. */
    Rows scratch() {
        int floats = plan.kernels().scoreScratch();
        return new Rows(own, layout.scratchByte(), 1, floats, floats);
    }

    /** Returns the copier of an attention map; it does nothing if the output is null. */
    AttentionMap attentionMap(String output, Stream queries, Stream keys, HeadShape heads, boolean queryMask) {
        return new AttentionMap(output == null ? null : outputs.get(output), queries, keys, heads, queryMask,
                emptyAttention);
    }

    /** Returns a window of its own on each row of a table. */
    Rows[] singleRows(TableRef table) {
        return IntStream.range(0, table.rows()).mapToObj(row -> {
            Rows rows = constants.table(table);
            return rows.select(row, 1);
        }).toArray(Rows[]::new);
    }

    /** Returns windows of their own on the columns of each head of a table. */
    Rows[] headTables(TableRef table) {
        return IntStream.range(0, table.layout().heads()).mapToObj(head -> constants.headTable(table, head))
                .toArray(Rows[]::new);
    }

    /** Returns the one ragged stream of a plan of tokens. */
    SampleRows sequence() {
        return new SampleRows(plan.streams().stream().filter(stream -> stream.isRagged() && !stream.isOne()).findFirst()
                .orElseThrow().index());
    }

    private long start(Slot slot) {
        return layout.bufferBytes()[plan.bufferOf().get(slot.id())] + (long) slot.firstFloat() * Float.BYTES;
    }
}
