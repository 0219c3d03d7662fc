package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.graph.Constant;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;
import io.lanewise.plan.ConstantRef;
import io.lanewise.plan.Plan;
import io.lanewise.plan.Step;
import io.lanewise.plan.TableRef;
import io.lanewise.plan.WeightRef;

/** A plan's constants in the layouts that its kernels read, packed once in one block. Immutable; shared by all sessions. */
public final class PackedConstants implements AutoCloseable {

    private final Map<WeightRef, PackedWeight> weights = new HashMap<>();
    private final Map<TableRef, Long> tables = new HashMap<>(); // where each starts
    private final Block block;

    /** Packs what the plan's steps read. */
    PackedConstants(Plan plan) {
        SequencedMap<ConstantRef, Long> starts = new LinkedHashMap<>();
        long end = 0;
        for (Step step : plan.steps()) {
            for (ConstantRef constant : step.constants()) {
                if (starts.putIfAbsent(constant, end) == null) {
                    end += constant.bytes();
                }
            }
        }
        block = Block.zeroed(end);
        boolean isStreamed = plan.streamsWeights();
        try {
            starts.forEach((constant, start) -> pack(constant, start, plan.kernels().panel(), isStreamed));
        } catch (Throwable failed) {
            block.close();
            throw failed;
        }
    }

    private void pack(ConstantRef constant, long start, int panel, boolean isStreamed) {
        switch (constant) {
            case WeightRef weight -> weights.put(weight, pack(weight, start, panel, isStreamed));
            case TableRef table -> {
                tables.put(table, start);
                fill(table);
            }
        }
    }

    private PackedWeight pack(WeightRef ref, long offset, int panel, boolean isStreamed) {
        float[] bias = ref.bias() == null ? null : ref.bias().values();
        PackedWeight packed = PackedWeight.pack(numbers(ref.weight().source()), bias, ref.output(), ref.input(), panel,
                block.segment(), offset, ref.storage(), isStreamed);
        ref.weight().source().unload();
        return packed;
    }

    private static PackedWeight.Numbers numbers(Constant.Source source) {
        if (source.hasParts()) {
            return (first, count, to) -> source.copy(first, count, MemorySegment.ofArray(to), 0);
        }
        float[] all = source.all();
        return (first, count, to) -> System.arraycopy(all, Math.toIntExact(first), to, 0, count);
    }

    private void fill(TableRef ref) {
        Rows rows = rows(ref);
        int features = ref.layout().features();
        float[] values = ref.table().values();
        for (int row = 0; row < ref.rows(); row++) {
            for (int feature = 0; feature < features; feature++) {
                rows.set(row, ref.layout().column(feature), values[row * features + feature]);
            }
        }
    }

    /** Returns a packed weight. */
    PackedWeight weight(WeightRef ref) {
        return weights.get(ref);
    }

    /** Returns a window of its own on a table's rows; a vector is a table of one row. */
    Rows table(Constant table, RowLayout layout) {
        return rows(new TableRef(table, layout));
    }

    /** Returns a window of its own on one head's columns of a table's rows. */
    Rows headTable(TableRef ref, int head) {
        RowLayout row = ref.layout();
        return new Rows(block.segment(), tables.get(ref) + (long) head * row.paddedDim() * Float.BYTES, ref.rows(),
                row.paddedDim(), row.stride());
    }

    /** Returns a window of its own on a table's rows. */
    Rows table(TableRef ref) {
        return rows(ref);
    }

    private Rows rows(TableRef ref) {
        return new Rows(block.segment(), tables.get(ref), ref.rows(), ref.layout().width(), ref.layout().stride());
    }

    /** Returns the memory of all constants. */
    public MemorySegment segment() {
        return block.segment();
    }

    /** Has them laid on huge pages, where there are any. */
    void layOnHugePages() {
        block.layOnHugePages();
    }

    @Override
    public void close() {
        block.close();
    }
}
