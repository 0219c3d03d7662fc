package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.plan.MapStep;

/** Scores that are an output as they are. */
final class ShowScores implements LoweringRule {

    @Override
    public Match match(Value root, LoweringGraph graph) {
        return root.op() instanceof Op.Scores scores && graph.isOutput(root)
                ? Match.of(root, List.of(),
                        steps -> steps.add(new MapStep(steps.mapOutput(root), steps.plain(scores.queries()),
                                steps.plain(scores.keys()), scores.scale())))
                : null;
    }
}
