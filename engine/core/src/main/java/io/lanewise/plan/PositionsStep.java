package io.lanewise.plan;

import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.memory.Rows;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.Part;
import io.lanewise.runtime.RowGroup;
import io.lanewise.runtime.StreamRows;
import io.lanewise.runtime.Workspace;

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
    public List<String> absorbed() {
        return List.of("positions", "gather", "add");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return new Cost(0, 3 * counts.rows(rows.stream()) * rows.layout().features() * Float.BYTES);
    }

    @Override
    public String describe() {
        return result + " = " + rows + " + " + table + "[positions]";
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        Rows to = workspace.rows(result);
        Rows from = workspace.rows(rows);
        Rows positions = workspace.constants().table(table, rows.layout());
        int stream = rows.stream().index();
        return (group, part) -> add(workspace, group, part, stream, to, from, positions);
    }

    private static void add(Workspace workspace, RowGroup group, Part part, int stream, Rows to, Rows from,
            Rows table) {
        StreamRows rows = group.batch(stream);
        for (int s = 0; s < group.samples(); s++) {
            int start = group.start(stream, s);
            int sample = group.sample(s);
            int end = part.end(rows.live(sample));
            for (int i = part.start(rows.live(sample)); i < end; i++) {
                workspace.kernels().add(to.select(start + i, 1), from.select(start + i, 1),
                        table.select(rows.tableRow(sample, i), 1));
            }
        }
    }
}
