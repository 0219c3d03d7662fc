package io.lanewise.planner;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.lanewise.encoders.EncoderGraphs;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.Storage;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.plan.ActivateStep;
import io.lanewise.plan.AddStep;
import io.lanewise.plan.EmbedStep;
import io.lanewise.plan.GateStep;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.NormStep;
import io.lanewise.plan.Plan;
import io.lanewise.plan.RowCounts;
import io.lanewise.plan.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What plans of encoders are made of. No kernel runs here. */
class EncoderPlanTest {

    private static final EncoderGraphs GRAPHS = new EncoderGraphs();
    private static final int TOKENS = 50;

    // bert/odd: 2 layers, 20 features, 28 within a feed-forward
    private static final long FEATURES = 20;
    private static final long INNER = 28;

    @AfterAll
    static void close() {
        GRAPHS.close();
    }

    private static Plan plan(String golden, Set<String> outputs, String... off) {
        return Planner.plan(GRAPHS.of(golden), new PlannerOptions(outputs, false, null, Set.of(off)),
                KernelChoice.best());
    }

    private static Plan embedding(String golden, String... off) {
        return plan(golden, Set.of("sentence_embedding"), off);
    }

    private static long count(Plan plan, Predicate<Step> steps) {
        return plan.steps().stream().filter(steps).count();
    }

    private static long multiplyAdds(Plan plan) {
        return plan.cost(new RowCounts(1, Map.of("input_ids", TOKENS), Map.of("input_ids", List.of(TOKENS))))
                .multiplyAdds();
    }

    // ---------------------------------------------------------------- narrow

    /** Keys and values of the last layer are those of all rows; its query, its context and all after it are one row's. */
    @Test
    void shouldComputeOneRowOfTheLastLayerWhenTheFirstIsAskedFor() {
        long all = TOKENS;
        long projection = FEATURES * FEATURES;
        long attention = 2 * FEATURES; // scores and context, for each query and key
        long feedForward = 2 * FEATURES * INNER;
        long whole = all * (4 * projection + feedForward) + all * all * attention;
        long narrowed = all * 2 * projection + 2 * projection + feedForward + all * attention;
        assertEquals(2 * whole, multiplyAdds(embedding("bert/odd", "narrow")));
        assertEquals(whole + narrowed, multiplyAdds(embedding("bert/odd")));
    }

    @Test
    void shouldComputeOneRowForARerankersScore() {
        long head = FEATURES * FEATURES + FEATURES;
        long wide = multiplyAdds(plan("bert/odd-rerank", Set.of("scores"), "narrow"));
        assertEquals(multiplyAdds(embedding("bert/odd", "narrow")) + head, wide);
        assertEquals(multiplyAdds(embedding("bert/odd")) + head,
                multiplyAdds(plan("bert/odd-rerank", Set.of("scores"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen3/odd", "new/odd", "xlm-roberta/odd", "distilbert/lanes"})
    void shouldComputeLessWhereOneRowIsPooled(String golden) {
        long narrow = multiplyAdds(embedding(golden));
        long wide = multiplyAdds(embedding(golden, "narrow"));
        assertTrue(narrow < 0.8 * wide, () -> golden + ": narrow=" + narrow + ", wide=" + wide);
    }

    @Test
    void shouldComputeAllRowsWhereAllAreAskedFor() {
        Plan both = plan("bert/odd", Set.of("sentence_embedding", "last_hidden_state"));
        assertEquals(multiplyAdds(embedding("bert/odd", "narrow")), multiplyAdds(both));
        assertEquals(multiplyAdds(embedding("bert/lanes", "narrow")), multiplyAdds(embedding("bert/lanes")),
                "the mean is one of all rows");
    }

    // ---------------------------------------------------------------- store

    @ParameterizedTest
    @EnumSource(value = Storage.class, names = {"BF16", "INT8"})
    void shouldStoreAllWeightsNarrowWhenAskedToAndNeedOneKernelForThem(Storage storage) {
        Plan floats = plan("bert/odd", Set.of("last_hidden_state"));
        Plan narrow = Planner.plan(GRAPHS.of("bert/odd"),
                new PlannerOptions(Set.of("last_hidden_state"), false, storage, Set.of()), KernelChoice.best());
        assertTrue(narrow.log().contains("store    8 weights as " + storage + ", rounded"),
                () -> narrow.log().toString());
        assertEquals(Set.of(KernelForm.MATMUL), matMuls(floats));
        assertEquals(KernelForm.matMul(1, storage, false, Activation.NONE), matMuls(narrow));
        assertTrue(weightBytes(narrow) < 0.6 * weightBytes(floats));
    }

    private static Set<KernelForm> matMuls(Plan plan) {
        return plan.kernelForms(_ -> TOKENS).stream().filter(form -> form.name().startsWith("MATMUL"))
                .collect(Collectors.toSet());
    }

    private static long weightBytes(Plan plan) {
        return plan.steps().stream().filter(MatMulStep.class::isInstance)
                .mapToLong(step -> ((MatMulStep) step).weight().bytes()).sum();
    }

    // ---------------------------------------------------------------- join

    private static List<Integer> productWidths(Plan plan) {
        return plan.steps().stream().filter(MatMulStep.class::isInstance)
                .map(step -> step.writes().getFirst().layout().features()).toList();
    }

    @Test
    void shouldMakeQueriesKeysAndValuesByOneProduct() {
        // after the last layer's three, the query alone is narrowed: keys and values stay together
        assertEquals(List.of(60, 20, 28, 20, 60, 20, 28, 20),
                productWidths(plan("bert/odd", Set.of("last_hidden_state"))));
        assertEquals(List.of(20, 20, 20, 20, 28, 20, 20, 20, 20, 20, 28, 20),
                productWidths(plan("bert/odd", Set.of("last_hidden_state"), "join")));
    }

    @Test
    void shouldMakeGateAndValueByOneProduct() {
        // qwen3/odd: 2 heads of 10 features and one key head; 28 within a feed-forward
        assertEquals(List.of(40, 20, 56, 20, 40, 20, 56, 20),
                productWidths(plan("qwen3/odd", Set.of("last_hidden_state"))));
        assertEquals(2, count(plan("qwen3/odd", Set.of("last_hidden_state")), GateStep.class::isInstance));
    }

    @Test
    void shouldPackSharedWeightsOnce() {
        // albert/lanes has one group, whose layers share all their weights
        Plan plan = plan("albert/lanes", Set.of("last_hidden_state"));
        List<MatMulStep> products = plan.steps().stream().filter(MatMulStep.class::isInstance)
                .map(MatMulStep.class::cast).toList();
        long weights = products.stream().flatMap(product -> product.constants().stream()).distinct().count();
        long layers = count(plan, step -> step instanceof io.lanewise.plan.AttendStep);
        assertTrue(layers > 1, "layers=" + layers);
        assertEquals(1 + 4 * layers, products.size(), "one for the embeddings, four a layer");
        assertEquals(1 + 4, weights);
    }

    // ---------------------------------------------------------------- one step each

    @ParameterizedTest
    @ValueSource(strings = {"bert/odd", "xlm-roberta/odd", "distilbert/odd", "mpnet/odd", "electra/odd",
            "modernbert/odd",
            "nomic_bert/odd", "new/odd", "jina-bert-v2/odd", "deberta-v2/odd", "albert/odd"})
    void shouldGatherSumAndNormEmbeddingsInOneStep(String golden) {
        Plan plan = plan(golden, Set.of("last_hidden_state"));
        EmbedStep embed = (EmbedStep) plan.steps().getFirst();
        assertTrue(embed.norm() != null, golden);
        assertEquals(1, count(plan, EmbedStep.class::isInstance), golden);
        long gathers = GRAPHS.of(golden).values().stream().filter(value -> value.op() instanceof Op.Gather).count();
        assertEquals(gathers, embed.tables().size(), golden);
    }

    @ParameterizedTest
    @ValueSource(strings = {"modernbert/odd", "nomic_bert/odd", "new/odd", "jina-bert-v2/odd", "qwen3/odd"})
    void shouldMultiplyWithAGateInOneStep(String golden) {
        Plan plan = plan(golden, Set.of("last_hidden_state"));
        Graph graph = GRAPHS.of(golden).asking(Set.of("last_hidden_state"));
        long gates = graph.values().stream().filter(value -> value.op() instanceof Op.Multiply).count();
        assertEquals(gates, count(plan, GateStep.class::isInstance), golden);
        assertEquals(0, count(plan, ActivateStep.class::isInstance), golden);
    }

    /** Bias and activation are in the store of the product before them, residuals in the norm behind them. */
    @ParameterizedTest
    @ValueSource(strings = {"bert/odd", "roberta/odd", "distilbert/odd", "mpnet/odd", "electra/odd", "albert/odd"})
    void shouldHaveNoStepForBiasesActivationsAndResiduals(String golden) {
        Plan plan = plan(golden, Set.of("last_hidden_state"));
        assertEquals(0, count(plan, ActivateStep.class::isInstance), golden);
        assertEquals(0, count(plan, AddStep.class::isInstance), golden);
        long layers = count(plan, io.lanewise.plan.AttendStep.class::isInstance);
        assertEquals(2 * layers, count(plan, NormStep.class::isInstance), golden);
    }
}
