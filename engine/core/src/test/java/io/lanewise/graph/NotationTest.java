package io.lanewise.graph;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The words of the mathematics, with weights from nowhere. */
class NotationTest {

    private static final int D = 4;

    private final GraphBuilder graph = new GraphBuilder();

    @Test
    void shouldWriteABlockWithBiasesAndAnEpsilonOfItsOwn() {
        Value x = graph.input("x", new Length("x"), D);
        Value weight = graph.weight(new Constant("dense.weight", new Shape.Matrix(D, D), new float[D * D]));
        Value bias = vector("dense.bias");
        Value heads = graph.split(graph.linear(x, weight, bias), 2, HeadSplit.COLUMNS);
        Value attention = graph.attend(heads, heads, Notation.inverseRoot(D / 2), graph.padding(x), null);
        Value context = graph.merge(graph.context(attention, heads));
        Value output = graph.norm(graph.sum(context, x), vector("norm.gamma"), vector("norm.beta"), 1e-12);

        assertEquals(
                List.of("input", "weight", "weight", "linear", "split-heads", "padding", "scores", "masked-softmax",
                        "context", "merge-heads", "add", "weight", "weight", "layer-norm"),
                terms(output));
        assertEquals(List.of(x, weight, bias), heads.op().operands().getFirst().op().operands());
        assertEquals(1e-12, ((Op.LayerNorm) output.op()).eps());
    }

    private Value vector(String name) {
        return graph.weight(new Constant(name, new Shape.Vector(D), new float[D]));
    }

    private List<String> terms(Value output) {
        graph.output("output", output);
        return graph.build().values().stream().map(value -> value.op().term()).toList();
    }
}
