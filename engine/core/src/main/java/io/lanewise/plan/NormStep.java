package io.lanewise.plan;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.memory.Rows;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.Workspace;

/**
 * Layer norm over all packed rows of a group, the residual added on the way in.
 *
 * @param residual what is added first, or null
 * @param scale one factor a feature, or null
 * @param shift one summand a feature, or null
 */
public record NormStep(Slot result, Slot rows, Slot residual, Constant scale, Constant shift, double eps,
        List<String> absorbed) implements Step {

    @Override
    public List<Slot> reads() {
        List<Slot> reads = new ArrayList<>(List.of(rows));
        if (residual != null) {
            reads.add(residual);
        }
        return reads;
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, counts.rows(rows.stream()) * rows.layout().features() * Float.BYTES * (reads().size() + 1L));
    }

    @Override
    public String describe() {
        return result + " = norm(" + rows + (residual == null ? "" : " + " + residual) + ")"
                + (scale == null ? "" : " · " + scale) + (shift == null ? "" : " + " + shift);
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        Rows to = workspace.rows(result);
        Rows from = workspace.rows(rows);
        Rows added = residual == null ? null : workspace.rows(residual);
        Rows factor = scale == null ? null : workspace.constants().table(scale, rows.layout());
        Rows summand = shift == null ? null : workspace.constants().table(shift, rows.layout());
        int features = rows.layout().features();
        int stream = rows.stream().index();
        return (group, part) -> {
            int first = part.start(group.rows(stream));
            int n = part.size(group.rows(stream));
            workspace.kernels().fusedNorm(to.select(first, n), from.select(first, n),
                    added == null ? null : added.select(first, n), features, (float) eps, factor, summand);
        };
    }
}
