package io.lanewise.planner;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** Drops what no output needs. Inputs stay: the caller brings them all the same. */
final class PruneUnused implements GraphPass {

    @Override
    public String name() {
        return "prune";
    }

    @Override
    public Graph apply(Graph graph) {
        Set<Value> needed = new HashSet<>(graph.outputs().values());
        for (Value value : graph.values().reversed()) {
            if (needed.contains(value)) {
                needed.addAll(value.op().operands());
            }
        }
        Predicate<Value> stays = value -> needed.contains(value) || value.op() instanceof Op.Given;
        if (graph.values().stream().allMatch(stays)) {
            return graph;
        }
        Rewriter rewriter = new Rewriter();
        graph.values().stream().filter(stays).forEach(rewriter::copy);
        return rewriter.finish(graph);
    }
}
