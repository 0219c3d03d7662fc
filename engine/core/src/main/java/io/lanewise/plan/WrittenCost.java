package io.lanewise.plan;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/** Counts the multiply-adds of a graph as it is written: every row, padding included. */
final class WrittenCost {

    private WrittenCost() {}

    static long multiplyAdds(Graph graph, RowCounts counts) {
        return graph.values().stream().mapToLong(value -> perSample(value, counts)).sum() * counts.samples();
    }

    private static long perSample(Value value, RowCounts counts) {
        return switch (value.op()) {
            case Op.Linear linear -> {
                Shape.Matrix weight = (Shape.Matrix) linear.weight().shape();
                yield rows(value, counts) * weight.rows() * weight.columns();
            }
            case Op.HeadLinear linear -> rows(value, counts) * value.rows().features() * linear.x().rows().headDim();
            case Op.Recurrence recurrence -> {
                Shape.Matrix weight = (Shape.Matrix) recurrence.weight().shape();
                yield rows(value, counts) * weight.rows() * weight.columns();
            }
            case Op.Scores scores -> pairs(value.pairs(), counts) * scores.queries().rows().features();
            case Op.Context context -> pairs(context.attention().pairs(), counts) * value.rows().features();
            default -> 0;
        };
    }

    private static long rows(Value value, RowCounts counts) {
        Length length = value.rows().length();
        return (long) counts.padded(length) * length.sequences();
    }

    private static long pairs(Shape.Pairs pairs, RowCounts counts) {
        return (long) counts.padded(pairs.queries()) * counts.padded(pairs.keys()) * pairs.queries().sequences();
    }
}
