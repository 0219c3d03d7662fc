package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Constant;
import io.lanewise.kernels.KernelForm;

/** Adds to each row the position table's row for its place in the sequence, row 0 where it is padding. */
public record PositionsStep(Slot result, Slot rows, Constant table) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<TableRef> constants() {
        return List.of(new TableRef(table, rows.layout()));
    }

    @Override
    public List<String> absorbed() {
        return List.of("positions", "gather", "add");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 3 * counts.rows(rows.stream()) * rows.layout().features() * Float.BYTES);
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.ADD);
    }

    @Override
    public String describe() {
        return result + " = " + rows + " + " + table + "[positions]";
    }
}
