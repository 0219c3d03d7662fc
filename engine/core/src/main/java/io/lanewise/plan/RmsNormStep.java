package io.lanewise.plan;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Constant;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.RowLayout;

/** RMS norm of whole rows, or of each head. */
public record RmsNormStep(Slot result, Slot rows, HeadShape heads, Constant scale, double eps) implements Sweep {

    /** Returns the scale as it meets one head. */
    public TableRef scaleTable() {
        RowLayout row = rows.layout();
        return new TableRef(scale, RowLayout.dense(1, heads.dim(), heads.count() == 1 ? row.width() : row.paddedDim()));
    }

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<TableRef> constants() {
        return scale == null ? List.of() : List.of(scaleTable());
    }

    @Override
    public List<String> absorbed() {
        return List.of("rms-norm");
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return Set.of(KernelForm.RMS_NORM);
    }

    @Override
    public String describe() {
        return result + " = rms-norm(" + rows + ")" + (heads.count() == 1 ? "" : ", " + heads)
                + (scale == null ? "" : " · " + scale);
    }
}
