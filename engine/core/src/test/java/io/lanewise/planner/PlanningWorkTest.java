package io.lanewise.planner;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.RandomLayer;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Value;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.layers.LayerConfig;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.layers.LayerScope;
import io.lanewise.plan.Step;
import io.lanewise.weights.Checkpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Planning a stack is work in proportion to its layers. Looks at values and steps are counted; no clock is asked. */
class PlanningWorkTest {

    @ParameterizedTest
    @ValueSource(strings = {"self-transformer", "self-attention-stack", "single-attention-stack", "co-attention-stack",
            "co-concat-attention-stack", "co-siamese-attention-stack", "crossover-transformer",
            "masked-crossover-transformer"})
    void shouldLookAtAsMuchForEveryLayerMore(String kind) {
        long few = looks(kind, 8);
        long more = looks(kind, 16);
        long many = looks(kind, 32);
        assertEquals(2 * (more - few), many - more, "looks: %d, %d, %d".formatted(few, more, many));
    }

    /** Counts the looks at values while they become steps, and at steps while they become passes. */
    private static long looks(String kind, int layers) {
        Graph graph = Planner.plan(graph(kind, layers), PlannerOptions.DEFAULT, KernelChoice.best()).graph();
        CountedList<Value> values = new CountedList<>(graph.values());
        Graph counted = new Graph(values, graph.outputs(), graph.attentions(), graph.stages());
        Slots slots = new Slots(KernelChoice.best(), InferStreams.of(counted));
        CountedList<Step> steps = new CountedList<>(
                Lowering.of(counted, slots, LoweringRules.of(PlannerOptions.DEFAULT)));
        FormPasses.of(steps);
        return values.looks + steps.looks;
    }

    private static Graph graph(String kind, int layers) {
        RandomLayer layer = new RandomLayer(kind, 8, 1, 16, layers, 32, false, Map.of(), 1);
        Checkpoint checkpoint = layer.checkpoint().build();
        LayerKind known = LayerKinds.of(kind);
        return LayerScope.graphOf(known, checkpoint, new LayerConfig(checkpoint.metadata(), Map.of()),
                Set.copyOf(known.requiredInputs()));
    }

    /** A list that counts how often an element is looked at, however it is walked. */
    private static final class CountedList<T> extends AbstractList<T> {
        private final List<T> elements;
        private long looks;

        CountedList(List<T> elements) {
            this.elements = elements;
        }

        @Override
        public T get(int place) {
            looks++;
            return elements.get(place);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }
}
