package io.lanewise.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Length;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/**
 * Which of a layer's two lengths is the shorter one in the samples that a plan is for. A sample is run by the plan that fits its
 * own valid lengths, whatever the other samples of the batch are like.
 *
 * @param shorter the length that has fewer valid rows, or as many
 * @param longer the other one; the same for a layer of one length
 */
public record LengthOrder(Length shorter, Length longer) {

    /** Rows of the shorter and of the longer length when ways to compute are counted. */
    private static final int FEW = 1;
    private static final int MANY = 4;

    /** Returns the orders that a graph can meet, the one in which it names its lengths first. */
    public static List<LengthOrder> of(Graph graph) {
        Set<Length> lengths = new LinkedHashSet<>();
        for (Value value : graph.values()) {
            if (value.shape() instanceof Shape.Rows rows) {
                lengths.add(rows.length());
            }
        }
        List<Length> named = List.copyOf(lengths);
        if (named.size() != 2) {
            return List.of(new LengthOrder(named.getFirst(), named.getFirst()));
        }
        return List.of(new LengthOrder(named.getFirst(), named.getLast()),
                new LengthOrder(named.getLast(), named.getFirst()));
    }

    /** Says whether a sample's valid rows are in this order. */
    public boolean suits(RowCounts counts, int sample) {
        return counts.valid(shorter, sample) <= counts.valid(longer, sample);
    }

    /** Returns a number of rows that stands for a length when costs are compared. */
    public long rows(Length length) {
        return length.equals(shorter) || !length.equals(longer) ? FEW : MANY;
    }

    /** Says whether a length is at most as long as another. */
    public boolean isShorter(Length length, Length other) {
        return rows(length) <= rows(other);
    }
}
