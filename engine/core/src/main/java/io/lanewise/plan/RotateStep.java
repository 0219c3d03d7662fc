package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Constant;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.RowLayout;

/** Turns pairs of features of each head by the angle of their row's place. */
public record RotateStep(Slot result, Slot rows, HeadShape heads, Constant table, RowPlace place) implements Sweep {

    /** Returns the table of angles, a row for each place. */
    public TableRef angles() {
        return new TableRef(table, RowLayout.dense(1, heads.dim(), rows.layout().paddedDim()));
    }

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<TableRef> constants() {
        return List.of(angles());
    }

    @Override
    public List<String> absorbed() {
        return List.of("rotate");
    }

    @Override
    public int longest() {
        return ((Shape.Matrix) table.shape()).rows();
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.ROTATE);
    }

    @Override
    public String describe() {
        return result + " = rotate(" + rows + "), " + heads + " by " + table;
    }
}
