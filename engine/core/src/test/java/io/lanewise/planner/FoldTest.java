package io.lanewise.planner;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.layers.LayerConfig;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.layers.LayerScope;
import io.lanewise.plan.LengthOrder;
import io.lanewise.plan.Plan;
import io.lanewise.plan.RowCounts;
import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What folding leaves to be multiplied, counted by hand: no kernel runs. */
class FoldTest {

    private static final int D = 32;
    private static final int FEW = 3;
    private static final int MANY = 16;

    /** The fewest known multiply-adds: squares of the features for each row of either side, and products over all pairs. */
    @ParameterizedTest
    @CsvSource({"co-attention, 3, 0, 3", "co-concat-attention, 5, 2, 3", "co-siamese-attention, 5, 2, 3"})
    void shouldLeaveTheFewestMultiplyAddsOfTwoStreams(String kind, int fewSquares, int manySquares, int pairs) {
        long expected = (long) (fewSquares * FEW + manySquares * MANY) * D * D + (long) pairs * FEW * MANY * D;
        assertEquals(expected, multiplyAdds(kind, Map.of(), "question", FEW, "video", MANY));
        assertEquals(expected, multiplyAdds(kind, Map.of(), "question", MANY, "video", FEW), "the other way round");
    }

    @Test
    void shouldFoldBothPairsOfSelfAttention() {
        long expected = 2L * MANY * D * D + 2L * MANY * MANY * D;
        assertEquals(expected, multiplyAdds("self-attention", Map.of(), "input", MANY, "input", MANY));
    }

    @Test
    void shouldKeepAProjectedResidual() {
        long expected = 3L * FEW * D * D + 2L * FEW * MANY * D;
        Map<String, String> settings = Map.of("residual", "projected_query");
        assertEquals(expected, multiplyAdds("single-attention", settings, "query", FEW, "key", MANY));
    }

    @Test
    void shouldLeaveHeadsThatAreNoWholePanels() {
        Graph graph = graph("masked-multi-head-attention", Map.of("heads", "16"));
        Plan plan = Planner.plan(graph, PlannerOptions.DEFAULT, KernelChoice.best());
        assertFalse(plan.orderMatters());
    }

    /** Heads as wide as a panel of any kernels: four projections of the shorter side, none of the longer one. */
    @Test
    void shouldLiftTheHeadsOfTheShorterSide() {
        int features = 128;
        Graph graph = multiHead(features);
        long expected = 4L * FEW * features * features + 2L * 2 * FEW * MANY * features;
        assertEquals(expected, cost(Planner.plan(graph, PlannerOptions.DEFAULT, KernelChoice.best()), FEW, MANY));
        long written = 2L * (FEW + MANY) * features * features + 2L * FEW * MANY * features;
        Plan others = new Planner(graph, PlannerOptions.DEFAULT, KernelChoice.best())
                .plan(LengthOrder.of(graph).getLast());
        assertEquals(written, cost(others, FEW, MANY));
    }

    @Test
    void shouldAskForAsManyRowsAsLiftingCosts() {
        LengthOrder order = LengthOrder.of(multiHead(128)).getFirst();
        assertTrue(order.suits(3, 4), "1 row is more than 12 pairs / 128");
        assertFalse(order.suits(16, 18), "2 rows are less than 288 pairs / 128");
        assertFalse(order.suits(4, 3));
    }

    private static Graph multiHead(int features) {
        Checkpoint.Builder weights = Checkpoint.builder();
        for (String name : names("masked-multi-head-attention")) {
            weights.weight(name + ".weight", values(name, features * features), features, features);
        }
        LayerKind layer = LayerKinds.of("masked-multi-head-attention");
        return LayerScope.graphOf(layer, weights.build(), new LayerConfig(Map.of(), Map.of("heads", "2")),
                Set.copyOf(layer.requiredInputs()));
    }

    private static long cost(Plan plan, int queries, int keys) {
        return plan.cost(new RowCounts(1, Map.of("query", queries, "key", keys),
                Map.of("query", List.of(queries), "key", List.of(keys)))).multiplyAdds();
    }

    @Test
    void shouldAcceptAtMostTwiceTheError() {
        assertTrue(new FoldCheck(1e-7, 2e-7).passes());
        assertFalse(new FoldCheck(1e-7, 2.01e-7).passes());
    }

    @Test
    void shouldSayHowAccurateTheFoldIs() {
        Plan plan = Planner.plan(graph("co-attention", Map.of()), PlannerOptions.DEFAULT, KernelChoice.best());
        assertTrue(plan.log().stream().anyMatch(line -> line.startsWith("fold") && line.contains("worst error")),
                plan.log().toString());
    }

    private static long multiplyAdds(String kind, Map<String, String> settings, String first, int firstRows,
            String second, int secondRows) {
        Graph graph = graph(kind, settings);
        List<LengthOrder> orders = LengthOrder.of(graph);
        LengthOrder order = orders.size() == 1 || firstRows <= secondRows ? orders.getFirst() : orders.getLast();
        Plan plan = new Planner(graph, PlannerOptions.DEFAULT, KernelChoice.best()).plan(order);
        Map<String, Integer> padded = first.equals(second)
                ? Map.of(first, firstRows)
                : Map.of(first, firstRows, second, secondRows);
        Map<String, List<Integer>> valid = first.equals(second)
                ? Map.of(first, List.of(firstRows))
                : Map.of(first, List.of(firstRows), second, List.of(secondRows));
        return plan.cost(new RowCounts(1, padded, valid)).multiplyAdds();
    }

    private static Graph graph(String kind, Map<String, String> settings) {
        LayerKind layer = LayerKinds.of(kind);
        Checkpoint.Builder weights = Checkpoint.builder();
        for (String name : names(kind)) {
            boolean wide = name.endsWith(".0");
            weights.weight(name + ".weight", values(name, wide ? 2 * D * D : D * D), D, wide ? 2 * D : D);
        }
        return LayerScope.graphOf(layer, weights.build(), new LayerConfig(Map.of(), settings),
                Set.copyOf(layer.requiredInputs()));
    }

    private static List<String> names(String kind) {
        List<String> streams = List.of("linear_question", "linear_video", "linear_v_question", "linear_v_video");
        List<String> last = switch (kind) {
            case "co-attention" -> List.of("linear_final_qv", "linear_final_vq");
            case "co-concat-attention" ->
                List.of("linear_final_qv.0", "linear_final_qv.2", "linear_final_vq.0", "linear_final_vq.2");
            case "co-siamese-attention" -> List.of("linear_final.0", "linear_final.2");
            default -> List.of();
        };
        return last.isEmpty()
                ? List.of("linear_q", "linear_k", "linear_v", "linear_final")
                : java.util.stream.Stream.concat(streams.stream(), last.stream()).toList();
    }

    private static float[] values(String name, int count) {
        java.util.Random random = new java.util.Random(name.hashCode());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (random.nextFloat() * 2 - 1) / (float) Math.sqrt(D);
        }
        return values;
    }
}
