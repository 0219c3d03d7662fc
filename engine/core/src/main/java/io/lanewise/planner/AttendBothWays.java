package io.lanewise.planner;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.CoAttendStep;

/**
 * {@code context(softmax(x yᵀ))} and {@code context(softmax(y xᵀ))} of one head: the scores of one are those of the other,
 * transposed, and are made once.
 */
final class AttendBothWays implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        Attention rows = Attention.of(root);
        if (rows == null || rows.heads().count() > 1 || !rows.terms().areNone()) {
            return null;
        }
        return opposite(rows.scores(), graph).flatMap(scores -> graph.readers(scores).stream())
                .flatMap(softmax -> graph.readers(softmax).stream()).map(Attention::of).filter(Objects::nonNull)
                .filter(columns -> columns.terms().areNone() && columns.context().id() > root.id()
                        && graph.isFree(columns.context()))
                .findFirst()
                .map(columns -> both(rows, columns)).orElse(null);
    }

    /** Returns the scores of the same rows in the opposite direction. */
    private static Stream<Value> opposite(Op.Scores scores, LoweringGraph graph) {
        Value x = scores.queries();
        Value y = scores.keys();
        return x.rows().length().equals(y.rows().length())
                ? Stream.empty()
                : graph.readers(x).stream().filter(reader -> reader.op().equals(new Op.Scores(y, x, scores.scale())));
    }

    private static Match both(Attention rows, Attention columns) {
        return new Match(List.of(rows.context(), columns.context()), List.of(),
                steps -> steps.add(new CoAttendStep(rows.inTiles(steps), columns.inTiles(steps))));
    }
}
