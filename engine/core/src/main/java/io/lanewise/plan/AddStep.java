package io.lanewise.plan;

import java.util.List;

import io.lanewise.memory.Rows;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.Workspace;

/** The sum of two values, row by row. */
public record AddStep(Slot result, Slot left, Slot right) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(left, right);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<String> absorbed() {
        return List.of("add");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 3 * counts.rows(result.stream()) * result.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + " = " + left + " + " + right;
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        Rows to = workspace.rows(result);
        Rows one = workspace.rows(left);
        Rows other = workspace.rows(right);
        int stream = result.stream().index();
        return (group, part) -> {
            int first = part.start(group.rows(stream));
            int n = part.size(group.rows(stream));
            workspace.kernels().add(to.select(first, n), one.select(first, n), other.select(first, n));
        };
    }
}
