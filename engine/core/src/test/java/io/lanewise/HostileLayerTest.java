package io.lanewise;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.plan.Plan;
import io.lanewise.runtime.PlanExecutor;
import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.lanewise.Thrown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that claim more than they hold: what is made of them stays a small multiple of the file, and takes no time. */
class HostileLayerTest {

    private static void assertModelRefuses(String message, Checkpoint.Builder checkpoint) {
        assertRefused(message, () -> Model.of(checkpoint.build(), ModelOptions.defaults()));
    }

    @Test
    void shouldRefuseMoreFeaturesThanAnyLayerHas() {
        String rule = "rows must have at most 65536 features: ";
        for (String kind : new String[]{"padding-masks", "scaled-dot-product-attention",
                "masked-scaled-dot-product-attention"}) {
            assertModelRefuses(rule + "query has 65537",
                    RandomLayer.of(kind, 4, 1).checkpoint().metadata("hidden", "65537"));
            assertModelRefuses(rule + "query has 16777216",
                    RandomLayer.of(kind, 4, 1).checkpoint().metadata("hidden", "16777216"));
        }
        assertModelRefuses(rule + "w1 has 65537",
                Checkpoint.builder().metadata("layer", "masked-position-wise-feed-forward")
                        .weight("w1.weight", new float[65_537], 65_537, 1)
                        .weight("w2.weight", new float[65_537], 1, 65_537));
        assertModelRefuses(rule + "embedding has 65537",
                Checkpoint.builder().metadata("layer", "sentence-encoder")
                        .weight("embedding.weight", new float[65_537], 1, 65_537)
                        .weight("upcompress_embedding.weight", new float[65_537], 1, 65_537)
                        .weight("rnn.weight_ih_l0", new float[3], 3, 1).weight("rnn.weight_hh_l0", new float[3], 3, 1));
    }

    @Test
    void shouldRefuseCountsThatNobodyMeans() {
        assertModelRefuses("hidden must be at most 16777216: hidden=2000000000",
                RandomLayer.of("padding-masks", 4, 1).checkpoint().metadata("hidden", "2000000000"));
        assertModelRefuses("heads must be at most 16777216: heads=2000000000",
                RandomLayer.of("soft-knn", 4, 1).checkpoint().metadata("heads", "2000000000"));
        assertModelRefuses("heads must be a whole number of at least 1: heads=99999999999",
                RandomLayer.of("soft-knn", 4, 1).checkpoint().metadata("heads", "99999999999"));
        assertModelRefuses("max_len must be one less than the rows of the position table: max_len=16777216, rows=33",
                RandomLayer.of("self-transformer", 4, 1).with("position", "sinusoidal").checkpoint()
                        .metadata("max_len", "16777216"));
    }

    @Test
    void shouldTakeLessThanAGigabyteForTheWidestRows() {
        Checkpoint tiny = RandomLayer.of("masked-scaled-dot-product-attention", 4, 1).checkpoint()
                .metadata("hidden", "65536").build();
        try (Model model = Model.of(tiny, ModelOptions.defaults())) {
            SessionOptions options = SessionOptions.defaults();
            Plan plan = model.plan(options);
            long bytes = PlanExecutor.workspaceBytes(List.of(plan), new Door(plan, options).limits());
            assertTrue(bytes < 1L << 30, () -> "workspace bytes=" + bytes);
        }
    }

    @Test
    @Timeout(20)
    void shouldRefuseMoreLayersThanAnyStackHas() {
        RandomLayer stack = RandomLayer.of("self-attention-stack", 2, 1);
        Checkpoint.Builder deep = stack.checkpoint();
        deep.metadata("layers", "100000");
        for (int layer = 0; layer < 100_000; layer++) {
            deep.weight("encoder_layers." + layer + ".linear_q.weight", new float[4], 2, 2);
        }
        assertModelRefuses("layers must be at most 128: layers=100000", deep);
    }

    @Test
    @Timeout(20)
    void shouldPlanAsManyLayersAsAreAllowed() {
        RandomLayer deepest = new RandomLayer("crossover-transformer", 2, 1, 2, 128, 8, false, Map.of(), 1);
        try (Model model = deepest.model()) {
            model.prepare(Set.of(), SessionOptions.defaults().planner(), 0);
        }
    }

    @Test
    void shouldRefuseAPositionTableWithoutPositions() {
        assertModelRefuses("a position table must have a row for padding and at least one for a position: "
                + "pos_embedding.position_encoding.weight has 1",
                RandomLayer.of("self-transformer", 4, 1).with("position", "sinusoidal").withMaxLength(0).checkpoint());
    }

    @Test
    void shouldCutSettingsAndNamesInMessages() {
        String text = "x".repeat(1_000_000);
        String shown = "x".repeat(80) + "...";
        RandomLayer layer = RandomLayer.of("scaled-dot-product-attention", 4, 1);
        assertModelRefuses("scale must be a finite number: scale=" + shown, layer.checkpoint().metadata("scale", text));
        assertModelRefuses("hidden must be a whole number of at least 1: hidden=" + shown,
                layer.checkpoint().metadata("hidden", text));
        assertModelRefuses("key_mask must be one of padding, none: key_mask=" + shown,
                layer.checkpoint().metadata("key_mask", text));
        assertModelRefuses("scaled-dot-product-attention has no weight of this name: " + shown
                + " is F32 [1], in memory", layer.checkpoint().weight(text, new float[1], 1));
        assertTrue(Thrown.messageOf(() -> Model.of(layer.checkpoint().metadata("layer", text).build(),
                ModelOptions.defaults())).endsWith(": layer=" + shown));
    }

    @Test
    @Timeout(20)
    void shouldTakeVeryManyInputs() {
        Inputs inputs = Inputs.none();
        Tensor tensor = Tensor.copyOf(new float[1], 1, 1, 1);
        for (int i = 0; i < 200_000; i++) {
            inputs.and("input-" + i, tensor);
        }
        assertTrue(inputs.names().contains("input-199999"));
    }
}
