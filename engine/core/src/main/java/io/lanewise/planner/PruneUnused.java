package io.lanewise.planner;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
        addOperands(graph, needed);
        graph.outputs().values().forEach(output -> copier(graph, output, needed).ifPresent(needed::add));
        addOperands(graph, needed);
        Predicate<Value> stays = value -> needed.contains(value) || value.op() instanceof Op.Given;
        if (graph.values().stream().allMatch(stays)) {
            return graph;
        }
        Rewriter rewriter = new Rewriter();
        graph.values().stream().filter(stays).forEach(rewriter::copy);
        return rewriter.finish(graph);
    }

    private static void addOperands(Graph graph, Set<Value> needed) {
        for (Value value : graph.values().reversed()) {
            if (needed.contains(value)) {
                needed.addAll(value.op().operands());
            }
        }
    }

    /** An attention map is copied out by a context that reads it, which is computed for that alone where nobody needs one. */
    private static Optional<Value> copier(Graph graph, Value output, Set<Value> needed) {
        if (!(output.op() instanceof Op.MaskedSoftmax)) {
            return Optional.empty();
        }
        List<Value> contexts = graph.users().get(output.id()).stream().filter(user -> user.op() instanceof Op.Context)
                .toList();
        return contexts.stream().anyMatch(needed::contains) ? Optional.empty() : contexts.stream().findFirst();
    }
}
