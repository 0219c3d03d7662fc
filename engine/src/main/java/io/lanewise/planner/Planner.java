package io.lanewise.planner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Kernels;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Plan;
import io.lanewise.plan.PlannedOutput;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;
import io.lanewise.plan.Stream;

/** Makes plans. Reads top to bottom: graph passes, streams, steps, passes over rows, buffers. Stateless. */
public final class Planner {

    /** The name of the pass that fuses ops into steps. */
    public static final String FUSE = "fuse";

    /** The name of the pass that lets values take turns in memory. */
    public static final String REUSE = "reuse";

    private static final List<GraphPass> GRAPH_PASSES = List.of(new PruneUnused(), new ShareEqualValues());

    private Planner() {}

    /** Returns the names of the passes that can be switched off, in the order in which they run. */
    public static List<String> passNames() {
        List<String> names = new ArrayList<>(GRAPH_PASSES.stream().map(GraphPass::name).toList());
        names.addAll(List.of(FUSE, REUSE));
        return names;
    }

    /** Plans a graph for kernels. */
    public static Plan plan(Graph written, PlannerOptions options, Kernels kernels) {
        List<String> log = new ArrayList<>();
        Graph asked = options.attention() ? written.withAttention() : written;
        Graph graph = rewrite(asked, options, log);
        List<Stream> streams = InferStreams.of(graph);
        Slots slots = new Slots(kernels, streams);
        List<Step> steps = FuseSteps.of(graph, slots, options.on(FUSE));
        log.add("%-8s %d ops -> %d steps".formatted(FUSE, operations(graph), steps.size()));
        List<Pass> passes = options.on(FUSE) ? FormPasses.of(steps) : oneByOne(steps);
        SequencedMap<String, Slot> inputs = inputs(graph, slots);
        Map<String, PlannedOutput> outputs = outputs(graph, slots);
        AssignBuffers memory = AssignBuffers.of(slots.all(), inputs.values(), passes, outputSlots(outputs),
                options.on(REUSE));
        log.add("%-8s %d slots -> %d buffers".formatted(REUSE, slots.all().size(), memory.buffers().size()));
        return new Plan(kernels, asked, graph, List.copyOf(log), streams, inputs, passes, outputs, memory.buffers(),
                memory.bufferOf());
    }

    private static Graph rewrite(Graph graph, PlannerOptions options, List<String> log) {
        Graph result = graph;
        for (GraphPass pass : GRAPH_PASSES) {
            if (options.on(pass.name())) {
                Graph before = result;
                result = pass.apply(before);
                GraphVerifier.verify(pass.name(), before, result);
                log.add("%-8s %d values -> %d values".formatted(pass.name(), before.values().size(),
                        result.values().size()));
            } else {
                log.add("%-8s off".formatted(pass.name()));
            }
        }
        return result;
    }

    private static long operations(Graph graph) {
        return graph.values().stream()
                .filter(value -> !(value.op() instanceof Op.Input || value.op() instanceof Op.Weight)).count();
    }

    private static List<Pass> oneByOne(List<Step> steps) {
        return steps.stream()
                .map(step -> new Pass(step.absorbed().isEmpty() ? "copy" : step.absorbed().getFirst(), List.of(), null,
                        List.of(step)))
                .toList();
    }

    private static SequencedMap<String, Slot> inputs(Graph graph, Slots slots) {
        SequencedMap<String, Slot> inputs = new LinkedHashMap<>();
        graph.inputs().forEach(input -> inputs.put(((Op.Input) input.op()).name(), slots.find(input)));
        return inputs;
    }

    private static Map<String, PlannedOutput> outputs(Graph graph, Slots slots) {
        Map<String, PlannedOutput> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, output(value, slots)));
        return outputs;
    }

    private static PlannedOutput output(Value value, Slots slots) {
        return switch (value.shape()) {
            case Shape.Rows rows -> new PlannedOutput.RowsOutput(rows, slots.find(value));
            case Shape.Pairs pairs ->
                new PlannedOutput.AttentionOutput(pairs, slots.stream(pairs.queries()), slots.stream(pairs.keys()));
            case Shape.PairBits bits -> new PlannedOutput.PairBitsOutput(bits, slots.stream(bits.queries()),
                    slots.stream(bits.keys()), value.op() instanceof Op.KeyPadding);
            default -> throw new IllegalArgumentException(
                    "an output must be rows, attention or a mask: shape=" + value.shape());
        };
    }

    private static Set<Slot> outputSlots(Map<String, PlannedOutput> outputs) {
        Set<Slot> slots = new HashSet<>();
        outputs.values().forEach(output -> {
            if (output instanceof PlannedOutput.RowsOutput rows) {
                slots.add(rows.slot());
            }
        });
        return slots;
    }
}
