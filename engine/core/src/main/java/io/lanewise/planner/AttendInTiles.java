package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Value;

/** {@code context(softmax(scores))}: one step, so that scores never outlive their tile. */
final class AttendInTiles implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        Attention attention = Attention.of(root);
        return attention == null ? null : Match.of(root, List.of(), steps -> steps.add(attention.inTiles(steps)));
    }
}
