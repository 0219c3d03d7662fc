package io.lanewise.planner;

import java.util.List;
import java.util.function.Consumer;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.plan.Stream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The passes over graphs, one by one, on graphs of a few values. */
class GraphPassesTest {

    private static final Length ROWS = new Length("x");

    private static Graph graph(Consumer<GraphBuilder> layer) {
        GraphBuilder builder = new GraphBuilder();
        layer.accept(builder);
        return builder.build();
    }

    private static Value weight(GraphBuilder graph, int rows, int columns) {
        return graph.add(
                new Op.Weight(new Constant("w", new Shape.Matrix(rows, columns), new float[rows * columns])));
    }

    private static Value relu(GraphBuilder graph, Value x) {
        return graph.add(new Op.Activate(x, Activation.RELU));
    }

    private static List<String> terms(Graph graph) {
        return graph.values().stream().map(value -> value.op().term()).toList();
    }

    // ---------------------------------------------------------------- narrow

    /** What two rows are made of is asked for twice, once for each. */
    @Test
    void shouldTakeTheFirstRowAndTheLastOfTheSame() {
        Graph graph = graph(layer -> {
            Value x = relu(layer, layer.input("x", Length.ragged("x"), 4));
            Value first = layer.add(new Op.Linear(x, weight(layer, 4, 4), null));
            Value last = layer.add(new Op.Linear(x, weight(layer, 4, 4), null));
            layer.output("output", layer.add(new Op.Concat(layer.add(new Op.Select(first, RowPlace.FIRST)),
                    layer.add(new Op.Select(last, RowPlace.LAST)))));
        });
        List<RowPlace> rows = new NarrowRows().apply(graph).values().stream().map(Value::op)
                .filter(Op.Select.class::isInstance).map(op -> ((Op.Select) op).row()).toList();
        assertEquals(List.of(RowPlace.FIRST, RowPlace.LAST), rows);
    }

    // ---------------------------------------------------------------- prune

    @Test
    void shouldDropWhatNoOutputNeedsButNotInputs() {
        Graph graph = graph(layer -> {
            Value x = layer.input("x", ROWS, 4);
            layer.input("unread", new Length("unread"), 4);
            Value unused = weight(layer, 4, 4);
            layer.add(new Op.Linear(x, unused, null));
            layer.output("output", relu(layer, x));
        });
        Graph pruned = new PruneUnused().apply(graph);
        assertEquals(List.of("input", "input", "weight", "linear", "activate"), terms(graph));
        assertEquals(List.of("input", "input", "activate"), terms(pruned));
        assertEquals(pruned.values().getLast(), pruned.outputs().get("output"));
    }

    // ---------------------------------------------------------------- share

    @Test
    void shouldComputeOnceWhatIsWrittenTwice() {
        Graph graph = graph(layer -> {
            Value x = layer.input("x", ROWS, 4);
            Value w = weight(layer, 4, 4);
            Value once = layer.add(new Op.Linear(x, w, null));
            Value twice = layer.add(new Op.Linear(x, w, null));
            layer.output("output", layer.add(new Op.Add(relu(layer, once), relu(layer, twice))));
        });
        Graph shared = new ShareEqualValues().apply(graph);
        assertEquals(List.of("input", "weight", "linear", "activate", "add"), terms(shared));
        Op.Add sum = (Op.Add) shared.outputs().get("output").op();
        assertEquals(sum.left(), sum.right());
    }

    @Test
    void shouldNotShareWhatDiffers() {
        Graph graph = graph(layer -> {
            Value x = layer.input("x", ROWS, 4);
            Value one = layer.add(new Op.Linear(x, weight(layer, 4, 4), null));
            Value other = layer.add(new Op.Linear(x, weight(layer, 4, 4), null));
            layer.output("output", layer.add(new Op.Add(one, other)));
        });
        assertEquals(terms(graph), terms(new ShareEqualValues().apply(graph)));
    }

    // ---------------------------------------------------------------- verify

    private static Graph ofOutput(String name, int features) {
        return graph(layer -> layer.output(name, relu(layer, layer.input("x", ROWS, features))));
    }

    private static void assertInvalid(String message, Graph before, Graph after) {
        assertEquals(message,
                assertThrowsExactly(IllegalStateException.class, () -> GraphVerifier.verify("fold", before, after))
                        .getMessage());
    }

    @Test
    void shouldAcceptAGraphThatComputesTheSame() {
        GraphVerifier.verify("fold", ofOutput("output", 4), ofOutput("output", 4));
    }

    @Test
    void shouldRefuseOtherOutputs() {
        assertInvalid("planner pass fold: outputs must stay: before=[output], after=[result]", ofOutput("output", 4),
                ofOutput("result", 4));
        assertInvalid("planner pass fold: outputs must keep their shape: output=output, shape=[B, x, 5]",
                ofOutput("output", 4), ofOutput("output", 5));
    }

    @Test
    void shouldRefuseValuesOutOfOrder() {
        Graph graph = ofOutput("output", 4);
        Graph reversed = new Graph(graph.values().reversed(), graph.outputs(), graph.attentions(), graph.stages());
        assertInvalid("planner pass fold: values must be numbered in order: id=1, place=0", graph, reversed);
    }

    @Test
    void shouldRefuseOperandsOfAnotherGraph() {
        Graph graph = ofOutput("output", 4);
        Graph other = ofOutput("output", 4);
        List<Value> mixed = List.of(other.values().getFirst(), graph.values().getLast());
        assertInvalid("planner pass fold: operands must come first: value=%1, operand=%0", graph,
                new Graph(mixed, graph.outputs(), graph.attentions(), graph.stages()));
    }

    // ---------------------------------------------------------------- streams

    private static Stream stream(Consumer<GraphBuilder> layer) {
        return InferStreams.of(graph(layer)).getFirst();
    }

    @Test
    void shouldPackRowsThatStayZero() {
        Stream stream = stream(layer -> {
            Value x = layer.input("x", ROWS, 4);
            Value y = relu(layer, layer.add(new Op.Linear(x, weight(layer, 4, 4), null)));
            layer.output("output", layer.add(new Op.LayerNorm(layer.add(new Op.Add(x, y)), null, null, 1e-5f)));
        });
        assertTrue(!stream.dense() && !stream.masked(), stream.toString());
    }

    @Test
    void shouldKeepRowsThatABiasFills() {
        Stream stream = stream(layer -> {
            Value x = layer.input("x", ROWS, 4);
            Value bias = layer.add(new Op.Weight(new Constant("b", new Shape.Vector(4), new float[4])));
            layer.output("output", layer.add(new Op.Linear(x, weight(layer, 4, 4), bias)));
        });
        assertTrue(stream.dense(), stream.toString());
    }

    @Test
    void shouldRefuseThePaddingOfWhatIsNoInput() {
        Graph graph = graph(layer -> {
            Value x = layer.input("x", ROWS, 4);
            layer.output("output", layer.add(new Op.KeyPadding(layer.add(new Op.Padding(relu(layer, x))), ROWS)));
        });
        assertEquals("padding must be taken of an input, or of an input with positions: value=%1, op=activate",
                assertThrowsExactly(IllegalArgumentException.class, () -> InferStreams.of(graph)).getMessage());
    }
}
