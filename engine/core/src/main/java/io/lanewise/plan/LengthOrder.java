package io.lanewise.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/**
 * Which of a layer's two lengths is the shorter one in the samples that a plan is for, and by how much. A sample is run by the
 * plan that fits its own valid lengths, whatever the other samples of the batch are like.
 *
 * @param shorter the length that has fewer valid rows, or as many
 * @param longer the other one; the same for a layer of one length
 * @param rowsPerPair for n and m rows, {@code m − n ≥ rowsPerPair · n · m}: 0 where being shorter is enough, infinite where no
 *        plan asks
 */
public record LengthOrder(Length shorter, Length longer, double rowsPerPair) {

    /** Rows of the shorter and of the longer length when ways to compute are counted. */
    private static final int FEW = 1;
    private static final int MANY = 4;

    /**
     * Returns the orders that a graph can meet: first that in which it names its lengths, and by so much that heads are worth
     * lifting; then all others.
     */
    public static List<LengthOrder> of(Graph graph) {
        Set<Length> lengths = new LinkedHashSet<>();
        double rowsPerPair = 0;
        for (Value value : graph.values()) {
            if (value.shape() instanceof Shape.Rows rows && !rows.length().isOne()) {
                lengths.add(rows.length());
            }
            if (value.op() instanceof Op.Scores scores && scores.keys().rows().split() == HeadSplit.COLUMNS) {
                Shape.Rows keys = scores.keys().rows();
                rowsPerPair = Math.max(rowsPerPair, (keys.heads() - 1.0) / keys.features());
            }
        }
        List<Length> named = List.copyOf(lengths);
        if (named.size() != 2) {
            Length only = named.isEmpty() ? Length.ONE : named.getFirst();
            return List.of(new LengthOrder(only, only, 0));
        }
        return List.of(new LengthOrder(named.getFirst(), named.getLast(), rowsPerPair),
                new LengthOrder(named.getLast(), named.getFirst(), rowsPerPair == 0 ? 0 : Double.POSITIVE_INFINITY));
    }

    /** Says whether a sample's valid rows are in this order. */
    public boolean suits(RowCounts counts, int sample) {
        return suits(counts.valid(shorter, sample), counts.valid(longer, sample));
    }

    /** Says whether so many valid rows of the shorter and of the longer length are in this order. */
    public boolean suits(int shorterRows, int longerRows) {
        return longerRows - shorterRows >= rowsPerPair * shorterRows * longerRows;
    }

    /** Says whether heads of one length may be lifted to spare the projection of another. */
    public boolean lifts(Length few, Length many) {
        return rowsPerPair < Double.POSITIVE_INFINITY && few.equals(shorter) && many.equals(longer)
                && !few.equals(many);
    }

    /** Returns a number of rows that stands for a length when costs are compared. */
    public long rows(Length length) {
        return length.equals(shorter) || !length.equals(longer) ? FEW : MANY;
    }

    /** Says whether a length is at most as long as another. */
    public boolean isShorter(Length length, Length other) {
        return rows(length) <= rows(other);
    }

    @Override
    public String toString() {
        if (rowsPerPair == Double.POSITIVE_INFINITY) {
            return "all other samples";
        }
        return "samples with " + (rowsPerPair == 0
                ? "at most as many valid rows of %s as of %s".formatted(shorter, longer)
                : "so many fewer valid rows n of %s than m of %s that m - n >= %.4f n m".formatted(shorter, longer,
                        rowsPerPair));
    }
}
