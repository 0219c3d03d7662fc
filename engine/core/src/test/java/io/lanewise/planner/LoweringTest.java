package io.lanewise.planner;

import java.util.List;
import java.util.function.Consumer;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.Length;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.plan.Step;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How rules share a graph's values between them, and in which order their steps come. */
class LoweringTest {

    private static final Length X = new Length("x");
    private static final Length Y = new Length("y");

    private static List<String> steps(List<LoweringRule> rules, Consumer<GraphBuilder> layer) {
        GraphBuilder builder = new GraphBuilder();
        layer.accept(builder);
        Graph graph = builder.build();
        Slots slots = new Slots(Kernels.best(), InferStreams.of(graph));
        return Lowering.of(graph, slots, rules).stream().map(Step::absorbed).map(ops -> String.join(" ", ops)).toList();
    }

    private static List<String> steps(Consumer<GraphBuilder> layer) {
        return steps(LoweringRules.of(PlannerOptions.DEFAULT), layer);
    }

    private static Value linear(GraphBuilder graph, Value x) {
        Constant weight = new Constant("w", new Shape.Matrix(4, 4), new float[16]);
        return graph.add(new Op.Linear(x, graph.add(new Op.Weight(weight)), null));
    }

    private static Value relu(GraphBuilder graph, Value x) {
        return graph.add(new Op.Activate(x, Activation.RELU));
    }

    private static Value attend(GraphBuilder graph, Value queries, Value keys, Value values) {
        Value scores = graph.add(new Op.Scores(queries, keys, 1));
        return graph.add(new Op.Context(graph.add(new Op.MaskedSoftmax(scores, null, null, MaskOrder.SAMPLE)), values));
    }

    // ---------------------------------------------------------------- one result

    @Test
    void shouldLetTheFirstRuleHaveAValue() {
        Consumer<GraphBuilder> layer = graph -> {
            Value x = graph.input("x", X, 4);
            Value sum = graph.add(new Op.Add(linear(graph, x), linear(graph, x)));
            graph.output("output", graph.add(new Op.LayerNorm(sum, null, null, 1e-5)));
        };
        assertEquals(List.of("linear", "linear add", "layer-norm"),
                steps(List.of(new RunningSum(), new NormOfSum(), new OpByOp()), layer));
        assertEquals(List.of("linear", "linear", "add layer-norm"),
                steps(List.of(new NormOfSum(), new RunningSum(), new OpByOp()), layer));
        assertEquals(List.of("linear", "linear", "add", "layer-norm"), steps(List.of(new OpByOp()), layer));
    }

    @Test
    void shouldNotTakeInWhatTheCallerAsksFor() {
        assertEquals(List.of("linear", "activate"), steps(graph -> {
            Value product = linear(graph, graph.input("x", X, 4));
            graph.output("product", product);
            graph.output("output", relu(graph, product));
        }));
    }

    // ---------------------------------------------------------------- several results

    @Test
    void shouldMakeAheadWhatTheSecondOfTwoAttentionsNeeds() {
        assertEquals(List.of("linear", "scores softmax context softmax context", "linear"), steps(graph -> {
            Value x = graph.input("x", X, 4);
            Value y = graph.input("y", Y, 4);
            graph.output("x", linear(graph, attend(graph, x, y, y)));
            graph.output("y", attend(graph, y, x, linear(graph, x)));
        }));
    }

    @Test
    void shouldNotPairAttentionsOfWhichOneNeedsTheOther() {
        assertEquals(List.of("scores softmax context", "linear", "scores softmax context"), steps(graph -> {
            Value x = graph.input("x", X, 4);
            Value y = graph.input("y", Y, 4);
            graph.output("y", attend(graph, y, x, linear(graph, attend(graph, x, y, y))));
        }));
    }

    /** Either pair could stand by itself; both cannot, since each has a half that needs a half of the other. */
    @Test
    void shouldNotPairAttentionsThatNeedAnotherPair() {
        String alone = "scores softmax context";
        String both = "scores softmax context softmax context";
        assertEquals(List.of("linear", "linear", alone, both, alone), steps(graph -> {
            Value x = graph.input("x", X, 4);
            Value y = graph.input("y", Y, 4);
            Value u = linear(graph, x);
            Value v = linear(graph, y);
            Value first = attend(graph, x, y, y);
            Value second = attend(graph, u, v, v);
            graph.output("opposite first", attend(graph, y, x, second));
            graph.output("opposite second", attend(graph, v, u, first));
        }));
    }

    @Test
    void shouldMakeAllResultsOfARuleWhereTheFirstStands() {
        Consumer<GraphBuilder> layer = graph -> {
            Value x = graph.input("x", X, 4);
            graph.output("one", relu(graph, relu(graph, linear(graph, x))));
            graph.output("other", linear(graph, x));
        };
        assertEquals(List.of("linear", "activate", "activate", "linear"), steps(List.of(new OpByOp()), layer));
        assertEquals(List.of("linear", "linear", "activate", "activate"),
                steps(List.of(new LinearsOfSameRows(), new OpByOp()), layer));
        assertEquals(List.of("linear activate", "activate", "linear"),
                steps(List.of(new ActivatedLinear(), new LinearsOfSameRows(), new OpByOp()), layer));
    }

    /** A rule of several results: the linear layers over the same rows that nobody else has taken in. */
    private static final class LinearsOfSameRows implements LoweringRule {

        @Override
        public Match match(Value root, LoweringGraph graph) {
            if (!(root.op() instanceof Op.Linear linear)) {
                return null;
            }
            List<Value> all = graph.readers(linear.x()).stream()
                    .filter(reader -> reader.op() instanceof Op.Linear && graph.isFree(reader)).toList();
            return new Match(all, List.of(), steps -> all.forEach(each -> make(steps, each, (Op.Linear) each.op())));
        }

        private static void make(StepWriter steps, Value value, Op.Linear linear) {
            steps.add(LinearSteps.product(steps, steps.make(value), linear, Activation.NONE, List.of("linear")));
        }
    }
}
