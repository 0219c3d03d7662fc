package io.lanewise.planner;

import java.util.HashMap;
import java.util.Map;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** Computes once what is written twice: the same op on the same values. */
final class ShareEqualValues implements GraphPass {

    @Override
    public String name() {
        return "share";
    }

    @Override
    public Graph apply(Graph graph) {
        Map<Op, Value> known = new HashMap<>();
        return Rewriter.rewrite(graph, (rewriter, value) -> {
            Value first = known.putIfAbsent(rewriter.withCopiedOperands(value.op()), value);
            return first == null ? null : rewriter.copyOf(first);
        });
    }
}
