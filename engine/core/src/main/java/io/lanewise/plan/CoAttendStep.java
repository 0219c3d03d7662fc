package io.lanewise.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.kernels.KernelForm;

/**
 * The cores of two attentions in opposite directions, from one matrix of scores: softmaxed along its rows for one and along its
 * columns for the other. Samples too long for one tile of scores are attended to one direction after the other.
 *
 * @param rows the attention whose queries are the rows of the scores
 * @param columns the attention whose queries are their columns: its queries are the other's keys, and the other way round
 */
public record CoAttendStep(AttendStep rows, AttendStep columns) implements CoreStep {

    /** The most rows of either side whose scores are shared: those of a tile. It must not depend on a session's limits. */
    public static final int MOST_ROWS = 96;

    @Override
    public List<Slot> reads() {
        Set<Slot> reads = new LinkedHashSet<>(rows.reads());
        reads.addAll(columns.reads());
        return List.copyOf(reads);
    }

    @Override
    public List<Slot> writes() {
        return List.of(rows.context(), columns.context());
    }

    @Override
    public List<String> absorbed() {
        List<String> absorbed = new ArrayList<>(rows.absorbed());
        columns.absorbed().stream().filter(term -> !term.equals("scores")).forEach(absorbed::add);
        return absorbed;
    }

    @Override
    public Cost cost(RowCounts counts) {
        RowCounts shared = counts.where(sample -> isShared(counts.rows(rows.queries().stream(), sample),
                counts.rows(rows.keys().stream(), sample)));
        Cost once = AttentionCost.ofPairs(shared, rows.queries().stream(), rows.keys().stream(), rows.heads());
        Cost cost = rows.cost(counts).plus(columns.cost(counts));
        return new Cost(cost.multiplyAdds() - once.multiplyAdds(), cost.bytes() - once.bytes());
    }

    /** Says whether a sample's scores are shared. */
    public static boolean isShared(int queries, int keys) {
        return queries <= MOST_ROWS && keys <= MOST_ROWS;
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        Set<KernelForm> forms = EnumSet.of(KernelForm.TRANSPOSE);
        forms.addAll(rows.kernels(longest));
        forms.addAll(columns.kernels(longest));
        return forms;
    }

    @Override
    public String describe() {
        return rows.describe() + "; along the columns of the same scores " + columns.context() + " = softmax(…) · "
                + columns.values();
    }
}
