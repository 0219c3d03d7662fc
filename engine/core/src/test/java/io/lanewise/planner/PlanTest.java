package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lanewise.RandomLayer;
import io.lanewise.graph.Graph;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.layers.LayerConfig;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.layers.LayerScope;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.Buffer;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Plan;
import io.lanewise.plan.PlannedOutput;
import io.lanewise.plan.RelayoutStep;
import io.lanewise.plan.RowCounts;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;
import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What plans are made of, kind by kind. No kernel runs here. */
class PlanTest {

    // every attention is one pass, from its projections to the norm of what becomes of its context
    private static final String CORE = "scores mask softmax context";
    private static final String PROJECTED = "attention: linear linear linear " + CORE;
    private static final String BOTH_WAYS = "attention: linear linear linear linear " + CORE + " mask softmax context";
    private static final String RESIDUAL = " linear add layer-norm";
    private static final String CONCAT = " linear linear add activate linear layer-norm";
    private static final String PLAIN_CONCAT = " linear linear add layer-norm";
    private static final String FEED_FORWARD = "rows: linear activate linear add layer-norm";
    private static final String POSITIONS = "positions gather add ";

    static Stream<RandomLayer> layers() {
        return LayerKinds.attention().stream().map(LayerKind::name)
                .flatMap(kind -> RandomLayer.of(kind, 20, 1).withHeads(2).forms().stream());
    }

    private static Graph graph(RandomLayer layer) {
        LayerKind kind = LayerKinds.of(layer.kind());
        Checkpoint checkpoint = layer.checkpoint().build();
        LayerConfig config = new LayerConfig(checkpoint.metadata(), Map.of());
        return LayerScope.graphOf(kind, checkpoint, config, Set.copyOf(kind.requiredInputs()));
    }

    private static Plan plan(RandomLayer layer, String... off) {
        return Planner.plan(graph(layer), new PlannerOptions(false, Set.of(off)), KernelChoice.best());
    }

    // ---------------------------------------------------------------- passes

    @ParameterizedTest
    @MethodSource("layers")
    void shouldHaveTheExpectedPasses(RandomLayer layer) {
        List<String> passes = plan(layer, "fold").passes().stream()
                .map(pass -> pass.name() + ": " + String.join(" ", pass.absorbed())).toList();
        assertEquals(String.join("\n", expectedPasses(layer)), String.join("\n", passes), layer.toString());
    }

    private static List<String> expectedPasses(RandomLayer layer) {
        String concat = layer.plainConcat() ? PLAIN_CONCAT : CONCAT;
        return switch (layer.kind()) {
            case "padding-masks" -> List.of();
            case "self-attention", "single-attention", "masked-multi-head-attention" -> List.of(PROJECTED + RESIDUAL);
            case "multi-head-attention" -> List.of(masked(layer, PROJECTED) + RESIDUAL);
            case "soft-knn" -> List.of(masked(layer, PROJECTED));
            case "scaled-dot-product-attention", "masked-scaled-dot-product-attention" ->
                List.of(masked(layer, "attention: " + CORE));
            case "co-attention" -> List.of(BOTH_WAYS + RESIDUAL + RESIDUAL);
            case "co-concat-attention", "co-siamese-attention" -> List.of(BOTH_WAYS + concat + concat);
            case "position-wise-feed-forward", "masked-position-wise-feed-forward" -> List.of(FEED_FORWARD);
            case "self-transformer-layer" -> List.of(PROJECTED + RESIDUAL, FEED_FORWARD);
            case "self-transformer" -> withPositions(layer, 1, twice(PROJECTED + RESIDUAL, FEED_FORWARD));
            case "self-attention-stack", "single-attention-stack" -> twice(PROJECTED + RESIDUAL);
            case "co-attention-stack" -> twice(BOTH_WAYS + RESIDUAL + RESIDUAL);
            case "co-concat-attention-stack", "co-siamese-attention-stack" ->
                twice(BOTH_WAYS + concat + concat);
            case "masked-crossover-transformer", "crossover-transformer" -> {
                String attention = masked(layer, PROJECTED) + RESIDUAL;
                yield withPositions(layer, 2, twice(attention, attention, FEED_FORWARD, FEED_FORWARD));
            }
            default -> throw new IllegalArgumentException("a new kind needs its passes here: kind=" + layer.kind());
        };
    }

    private static String masked(RandomLayer layer, String pass) {
        return layer.masksKeys() ? pass : pass.replace(" mask", "");
    }

    private static List<String> twice(String... passes) {
        List<String> twice = new ArrayList<>(List.of(passes));
        twice.addAll(List.of(passes));
        return twice;
    }

    private static List<String> withPositions(RandomLayer layer, int streams, List<String> passes) {
        if (layer.kind().equals("crossover-transformer") || layer.settings().containsKey("position")) {
            passes.set(0, passes.getFirst().replace("attention: ", "attention: " + POSITIONS.repeat(streams)));
        }
        return passes;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldPutTheCoreOfEveryAttentionBetweenItsPrologueAndEpilogue(RandomLayer layer) {
        for (Pass pass : plan(layer).passes()) {
            assertEquals(pass.name().equals("attention"), pass.core() != null, pass.name());
            List<Step> steps = new ArrayList<>(pass.prologue());
            if (pass.core() != null) {
                steps.add(pass.core());
            }
            steps.addAll(pass.epilogue());
            assertEquals(steps, pass.steps());
        }
    }

    @Test
    void shouldNeverMakeTheConcatWhenFused() {
        RandomLayer layer = RandomLayer.of("co-concat-attention", 20, 1);
        assertEquals(0, concatCopies(plan(layer)));
        assertEquals(4, concatCopies(plan(layer, "split"))); // two halves of two concats
    }

    private static long concatCopies(Plan plan) {
        return plan.steps().stream().filter(step -> step instanceof RelayoutStep copy && copy.op().equals("concat"))
                .count();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldDoOneOpAStepWhenNotFused(RandomLayer layer) {
        Plan plan = plan(layer, "fuse");
        assertEquals(plan.steps().size(), plan.passes().size());
        for (Step step : plan.steps()) {
            // a mask is an op of the softmax, and positions are three ops that only make sense together
            List<String> ops = step.absorbed().stream().filter(op -> !op.equals("mask")).toList();
            assertTrue(ops.size() <= 1 || ops.equals(List.of("positions", "gather", "add")), step.describe());
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldDoTheSameOpsFusedAndNot(RandomLayer layer) {
        assertEquals(counts(plan(layer, "fuse", "share")), counts(plan(layer, "share")), layer.toString());
    }

    /** Counts the graph's ops that a plan does; copies between layouts are nobody's op. */
    private static Map<String, Long> counts(Plan plan) {
        return plan.steps().stream().flatMap(step -> step.absorbed().stream())
                .filter(op -> !op.equals("relayout") && !op.equals("split-heads"))
                .collect(Collectors.groupingBy(op -> op, Collectors.counting()));
    }

    // ---------------------------------------------------------------- streams

    @ParameterizedTest
    @MethodSource("layers")
    void shouldKnowWhichRowsMayBeLeftOut(RandomLayer layer) {
        Map<String, String> streams = new HashMap<>();
        plan(layer).streams().forEach(stream -> {
            assertEquals(stream.length().name(), stream.source(), layer.toString());
            streams.put(stream.source(), stream.dense() ? "every row" : "packed");
        });
        assertEquals(expectedStreams(layer), streams, layer.toString());
    }

    private static Map<String, String> expectedStreams(RandomLayer layer) {
        return switch (layer.kind()) {
            // nobody asks whether a query is padding, and whether a key is only where keys are masked
            case "scaled-dot-product-attention" ->
                Map.of("query", "every row", "key", layer.masksKeys() ? "packed" : "every row");
            // the query is the key here, and never asked for its own padding
            case "multi-head-attention", "soft-knn" -> Map.of("query", "every row");
            // two biases: a row of zeros does not stay one
            case "position-wise-feed-forward" -> Map.of("input", "every row");
            // the same, and queries that are never padding
            case "crossover-transformer" -> Map.of("question", "every row", "video", "every row");
            case "padding-masks", "single-attention", "single-attention-stack", "masked-multi-head-attention",
                    "masked-scaled-dot-product-attention" ->
                Map.of("query", "packed", "key", "packed");
            case "self-attention", "self-attention-stack", "self-transformer", "self-transformer-layer",
                    "masked-position-wise-feed-forward" ->
                Map.of("input", "packed");
            default -> Map.of("question", "packed", "video", "packed");
        };
    }

    @Test
    void shouldFindPositionsWhetherKeysAreMaskedOrNot() {
        RandomLayer layer = RandomLayer.of("crossover-transformer", 20, 1);
        for (RandomLayer form : layer.forms()) {
            plan(form).streams().forEach(
                    stream -> assertNotEquals(null, stream.positions(), form + " " + stream.source()));
        }
    }

    // ---------------------------------------------------------------- memory

    @ParameterizedTest
    @MethodSource("layers")
    void shouldGiveSlotsThatLiveTogetherDifferentBuffers(RandomLayer layer) {
        for (boolean fused : new boolean[]{true, false}) {
            Plan plan = fused ? plan(layer) : plan(layer, "fuse");
            Map<Slot, Lifetime> lifetimes = lifetimes(plan);
            lifetimes.forEach((slot, life) -> {
                Buffer buffer = plan.buffers().get(plan.bufferOf().get(slot.id()));
                assertEquals(slot.stream(), buffer.stream(), slot.label());
                assertEquals(slot.keys(), buffer.keys(), slot.label());
                assertTrue(slot.layout().stride() <= buffer.stride(), slot.label());
                lifetimes.forEach((other, otherLife) -> assertTrue(slot == other || !life.meets(otherLife)
                        || !plan.bufferOf().get(slot.id()).equals(plan.bufferOf().get(other.id())),
                        () -> layer + ": " + slot + " " + life + " and " + other + " " + otherLife
                                + " share a buffer"));
            });
        }
    }

    @Test
    void shouldLetSlotsTakeTurnsOnlyWhenAsked() {
        RandomLayer layer = RandomLayer.of("self-attention-stack", 20, 1);
        Plan apart = plan(layer, "reuse");
        assertEquals(apart.bufferOf().size(), apart.buffers().size());
        assertTrue(plan(layer).buffers().size() < apart.buffers().size());
    }

    private static Map<Slot, Lifetime> lifetimes(Plan plan) {
        Map<Slot, Lifetime> lifetimes = new HashMap<>();
        plan.inputs().values().forEach(slot -> lifetimes.put(slot, new Lifetime(-1, -1)));
        List<Step> steps = plan.steps();
        for (int i = 0; i < steps.size(); i++) {
            for (Slot slot : steps.get(i).reads()) {
                lifetimes.put(slot, lifetimes.get(slot).until(i));
            }
            for (Slot written : steps.get(i).writes()) {
                lifetimes.put(written, lifetimes.getOrDefault(written, new Lifetime(i, i)).until(i));
            }
        }
        for (PlannedOutput output : plan.outputs().values()) {
            if (output instanceof PlannedOutput.RowsOutput rows) {
                lifetimes.put(rows.slot(), lifetimes.get(rows.slot()).until(steps.size()));
            }
        }
        return lifetimes;
    }

    /** The steps between which a slot holds something, both included. */
    private record Lifetime(int first, int last) {
        Lifetime until(int step) {
            return new Lifetime(first, Math.max(last, step));
        }

        boolean meets(Lifetime other) {
            return first <= other.last && other.first <= last;
        }
    }

    // ---------------------------------------------------------------- options

    @Test
    void shouldPlanAttentionMapsOnlyWhenAsked() {
        Graph graph = graph(RandomLayer.of("co-attention", 20, 1));
        Plan without = Planner.plan(graph, PlannerOptions.DEFAULT, KernelChoice.best());
        Plan with = Planner.plan(graph, new PlannerOptions(true, Set.of()), KernelChoice.best());
        assertEquals(Set.of("output_q", "output_v"), without.outputs().keySet());
        assertEquals(Set.of("output_q", "output_v", "attention_q", "attention_v"), with.outputs().keySet());
        assertEquals(1, with.passes().size());
    }

    @Test
    void shouldSayWhichPassesItMade() {
        assertEquals(List.of("prune", "share", "split", "repeat", "narrow", "lift", "fold", "join", "fuse", "reuse"),
                Planner.passNames());
        List<String> log = plan(RandomLayer.of("self-attention", 20, 1), "share").log();
        assertEquals(
                List.of("prune", "share", "split", "repeat", "narrow", "prune", "lift", "fold", "share", "join",
                        "prune", "fuse",
                        "reuse"),
                log.stream().map(line -> line.split(" ")[0]).toList());
        assertEquals("share    off", log.get(1));
    }

    @Test
    void shouldShareTheScoresOfBothDirections() {
        RandomLayer layer = RandomLayer.of("co-attention-stack", 20, 1);
        assertEquals(2, cores(plan(layer), CoAttendStep.class), "one a layer");
        assertEquals(0, cores(plan(layer), AttendStep.class));
        assertEquals(0, cores(plan(layer, "share"), CoAttendStep.class));
        assertEquals(4, cores(plan(layer, "share"), AttendStep.class));
        assertEquals(0, cores(plan(RandomLayer.of("self-attention-stack", 20, 1)), CoAttendStep.class));
    }

    @Test
    void shouldShareScoresOfShortSamplesAlone() {
        CoAttendStep core = (CoAttendStep) plan(RandomLayer.of("co-attention", 20, 1)).steps().stream()
                .filter(CoAttendStep.class::isInstance).findFirst().orElseThrow();
        assertEquals(3 * 96 * 96 * 20, core.cost(counts(96, 96)).multiplyAdds());
        assertEquals(4 * 96 * 97 * 20, core.cost(counts(96, 97)).multiplyAdds());
    }

    /** 8 rows of 20 features in 4 heads are 4 groups of 2 rows: with 3 valid rows, 2 of them hold anything but zeros. */
    @Test
    void shouldNotMultiplyZeroRowsOfReshapedHeads() {
        Plan plan = plan(RandomLayer.of("multi-head-attention", 20, 1).withHeads(4));
        RowCounts three = new RowCounts(1, Map.of("query", 8), Map.of("query", List.of(3)));
        long projections = 3L * 3 * 20 * 20;
        long core = 2L * 2 * (20 / 4) * 8 * 8;
        long last = 2L * 2 * 20 * 20;
        assertEquals(projections + core + last, plan.cost(three).multiplyAdds());
        Plan masked = plan(RandomLayer.of("multi-head-attention", 20, 1).withHeads(4).with("key_mask", "padding"));
        assertEquals(projections + 2 * core + 2 * last, masked.cost(three).multiplyAdds(), "a group may have no key");
    }

    private static RowCounts counts(int question, int video) {
        return new RowCounts(1, Map.of("question", question, "video", video),
                Map.of("question", List.of(question), "video", List.of(video)));
    }

    private static long cores(Plan plan, Class<? extends Step> kind) {
        return plan.steps().stream().filter(kind::isInstance).count();
    }

    @Test
    void shouldSayWhatEachPassChanged() {
        List<String> log = plan(RandomLayer.of("self-attention", 20, 1)).log();
        assertEquals("share    nothing to do", log.get(1));
        String fold = log.stream().filter(line -> line.startsWith("fold")).findFirst().orElseThrow();
        assertTrue(fold.startsWith("fold     without linear by linear_final"), fold);
        assertTrue(fold.contains("; with context, linear by linear_final") && fold.contains(" · linear_v"), fold);
    }
}
