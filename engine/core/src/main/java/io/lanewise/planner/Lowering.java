package io.lanewise.planner;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Value;
import io.lanewise.plan.Step;

/**
 * Turns the values of a graph into steps, by rules: first every rule in turn takes in what no rule before it has, then all that
 * was taken in becomes steps in the graph's order.
 */
final class Lowering {

    private final LoweringGraph graph;
    private final StepWriter steps;
    private final Set<Match> made = new HashSet<>();

    private Lowering(LoweringGraph graph, StepWriter steps) {
        this.graph = graph;
        this.steps = steps;
    }

    static List<Step> of(Graph graph, Slots slots, List<LoweringRule> rules) {
        LoweringGraph ruled = new LoweringGraph(graph);
        for (LoweringRule rule : rules) {
            for (Value value : graph.values()) {
                Match match = ruled.isFree(value) ? rule.match(value, ruled) : null;
                if (match != null) {
                    ruled.take(match);
                }
            }
        }
        Lowering lowering = new Lowering(ruled, new StepWriter(graph, slots, ruled));
        graph.values().forEach(lowering::makeResult);
        return lowering.steps.steps();
    }

    private void makeResult(Value value) {
        Match match = graph.match(value);
        if (match.results().contains(value)) {
            make(match);
        }
    }

    /** Makes the steps of a match, and before them those of all that they read. */
    private void make(Match match) {
        if (made.add(match)) {
            match.values().forEach(value -> value.op().operands().forEach(operand -> make(graph.match(operand))));
            match.steps().accept(steps);
        }
    }
}
