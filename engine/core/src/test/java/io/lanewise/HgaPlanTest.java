package io.lanewise;

import java.util.List;
import java.util.Map;

import io.lanewise.plan.AssociateStep;
import io.lanewise.plan.CoAttendStep;
import io.lanewise.plan.MapStep;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.Plan;
import io.lanewise.plan.RecurrenceStep;
import io.lanewise.plan.RowCounts;
import io.lanewise.plan.Step;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the planner makes of HGA. */
class HgaPlanTest {

    private static <S extends Step> List<S> steps(Plan plan, Class<S> kind) {
        return plan.steps().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void shouldComputeWhatDependsOnTheVideoAloneOnceForAllCandidates() {
        try (Model model = Model.load(HgaGolden.of("trans-lstm-bi-self-coattn").weights())) {
            Plan plan = model.plan(SessionOptions.defaults());
            List<MatMulStep> repeated = steps(plan, MatMulStep.class).stream()
                    .filter(step -> step.rows().stream().length().name().equals("video×5")).toList();
            assertEquals(List.of("co_attn.encoder_layers.0.linear_final_vq.weight_raw"),
                    repeated.stream().map(step -> step.weight().weight().name()).toList(),
                    "of the video's products alone what follows its attention to a candidate is made for each");
            assertEquals(2, steps(plan, RecurrenceStep.class).stream()
                    .filter(step -> step.states().stream().sequences() == 1).count(), "both directions of the video");
        }
    }

    @Test
    void shouldMakeTheInputProductsOfBothDirectionsAtOnceBeforeTheRecurrence() {
        try (Model model = Model.load(HgaGolden.of("frameqa-gru-bi-coattn2").weights())) {
            Plan plan = model.plan(SessionOptions.defaults());
            List<RecurrenceStep> recurrences = steps(plan, RecurrenceStep.class);
            assertEquals(4, recurrences.size());
            assertEquals(2, recurrences.stream().map(step -> step.products().whole()).distinct().count());
            assertEquals(2, steps(plan, CoAttendStep.class).size());
        }
    }

    @Test
    void shouldNotKeepTheAdjacencyAndAssociateAsTakesLeast() {
        try (Model model = Model.load(HgaGolden.of("count-gru-coattn").weights())) {
            Plan plan = model.plan(SessionOptions.defaults());
            List<AssociateStep> associations = steps(plan, AssociateStep.class);
            assertEquals(3, associations.size());
            assertTrue(plan.buffers().stream().allMatch(buffer -> buffer.keys() == null));
            assertTrue(associations.getFirst().pairs(48)); // n·n·2D against 2·n·D·D
            assertTrue(!associations.getFirst().pairs(49));
            assertEquals(1, steps(model.plan(SessionOptions.defaults().outputs("adjacency", "output")), MapStep.class)
                    .size());
        }
    }

    @Test
    void shouldCountNothingForPadding() {
        try (Model model = Model.load(HgaGolden.of("count-gru-coattn").weights())) {
            Plan plan = model.plan(SessionOptions.defaults());
            RowCounts full = new RowCounts(1, Map.of("question", 8, "video", 12),
                    Map.of("question", List.of(8), "video", List.of(12)));
            RowCounts half = new RowCounts(1, Map.of("question", 8, "video", 12),
                    Map.of("question", List.of(4), "video", List.of(6)));
            assertTrue(plan.cost(half).multiplyAdds() < 0.55 * plan.cost(full).multiplyAdds());
        }
    }
}
