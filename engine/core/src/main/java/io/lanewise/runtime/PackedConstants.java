package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadMatMulStep;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.NormStep;
import io.lanewise.plan.Plan;
import io.lanewise.plan.PositionsStep;
import io.lanewise.plan.Step;
import io.lanewise.plan.WeightRef;

/** A plan's constants in the layouts that its kernels read, packed once in one block. Immutable; shared by all sessions. */
public final class PackedConstants implements AutoCloseable {

    private record TableRef(Constant table, RowLayout layout) {
        int rows() {
            return table.shape() instanceof Shape.Matrix matrix ? matrix.rows() : 1;
        }

        long bytes() {
            return Block.roundUp((long) rows() * layout.stride() * Float.BYTES, Block.ALIGNMENT);
        }
    }

    private final Map<WeightRef, PackedWeight> weights = new HashMap<>();
    private final Map<TableRef, Long> tables = new HashMap<>(); // where each starts
    private final Block block;

    /** Packs what the plan's steps read. */
    public PackedConstants(Plan plan) {
        Map<WeightRef, Long> weightBytes = new LinkedHashMap<>();
        Map<TableRef, Long> tableBytes = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            collect(step, weightBytes, tableBytes);
        }
        block = Block.zeroed(sum(weightBytes) + sum(tableBytes));
        try {
            packAll(weightBytes, tableBytes, plan.kernels().panel());
        } catch (Throwable failed) {
            block.close();
            throw failed;
        }
    }

    private void packAll(Map<WeightRef, Long> weightBytes, Map<TableRef, Long> tableBytes, int panel) {
        long offset = 0;
        for (Map.Entry<WeightRef, Long> entry : weightBytes.entrySet()) {
            weights.put(entry.getKey(), pack(entry.getKey(), offset, panel));
            offset += entry.getValue();
        }
        for (Map.Entry<TableRef, Long> entry : tableBytes.entrySet()) {
            tables.put(entry.getKey(), offset);
            fill(entry.getKey(), offset);
            offset += entry.getValue();
        }
    }

    private static void collect(Step step, Map<WeightRef, Long> weights, Map<TableRef, Long> tables) {
        switch (step) {
            case MatMulStep matMul -> weights.put(matMul.weight(), matMul.weight().bytes());
            case HeadMatMulStep heads -> heads.weights().forEach(weight -> weights.put(weight, weight.bytes()));
            case NormStep norm -> {
                collectTable(norm.scale(), norm.rows().layout(), tables);
                collectTable(norm.shift(), norm.rows().layout(), tables);
            }
            case PositionsStep positions -> collectTable(positions.table(), positions.rows().layout(), tables);
            default -> {
                // other steps read no constants
            }
        }
    }

    private static void collectTable(Constant table, RowLayout layout, Map<TableRef, Long> tables) {
        if (table != null) {
            TableRef ref = new TableRef(table, layout);
            tables.put(ref, ref.bytes());
        }
    }

    private static long sum(Map<?, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private PackedWeight pack(WeightRef ref, long offset, int panel) {
        float[] bias = ref.bias() == null ? null : ref.bias().values();
        return PackedWeight.pack(ref.weight().values(), bias, ref.output(), ref.input(), panel, block.segment(),
                offset);
    }

    private void fill(TableRef ref, long offset) {
        Rows rows = new Rows(block.segment(), offset, ref.rows(), ref.layout().width(), ref.layout().stride());
        int features = ref.layout().features();
        for (int row = 0; row < ref.rows(); row++) {
            for (int feature = 0; feature < features; feature++) {
                rows.set(row, ref.layout().column(feature), ref.table().values()[row * features + feature]);
            }
        }
    }

    /** Returns a packed weight. */
    public PackedWeight weight(WeightRef ref) {
        return weights.get(ref);
    }

    /** Returns a window of its own on a table's rows; a vector is a table of one row. */
    public Rows table(Constant table, RowLayout layout) {
        TableRef ref = new TableRef(table, layout);
        return new Rows(block.segment(), tables.get(ref), ref.rows(), layout.width(), layout.stride());
    }

    /** Returns the memory of all constants. */
    public MemorySegment segment() {
        return block.segment();
    }

    @Override
    public void close() {
        block.close();
    }
}
