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
        Rewriter rewriter = new Rewriter();
        Map<Op, Value> known = new HashMap<>();
        for (Value value : graph.values()) {
            Op op = rewriter.withCopiedOperands(value.op());
            Value twin = known.get(op);
            if (twin != null) {
                rewriter.replace(value, twin);
            } else {
                known.put(op, rewriter.copy(value));
            }
        }
        return rewriter.finish(graph);
    }
}
