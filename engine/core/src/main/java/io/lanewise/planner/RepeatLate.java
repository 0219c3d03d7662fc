package io.lanewise.planner;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;

/** Repeats rows after linear layers and not before: what is the same for all sequences of a sample is computed once. */
final class RepeatLate implements GraphPass {

    @Override
    public String name() {
        return "repeat";
    }

    @Override
    public Graph apply(Graph graph) {
        return Rewriter.rewrite(graph, (rewriter, value) -> {
            if (!(value.op() instanceof Op.Linear linear) || !(linear.x().op() instanceof Op.Repeat repeat)) {
                return null;
            }
            Op once = new Op.Linear(rewriter.copyOf(repeat.x()), rewriter.copyOf(linear.weight()),
                    rewriter.copyOf(linear.bias()));
            return rewriter.add(new Op.Repeat(rewriter.add(once), repeat.times()));
        });
    }
}
