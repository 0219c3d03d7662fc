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
import io.lanewise.plan.LengthOrder;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Plan;
import io.lanewise.plan.PlannedOutput;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Step;
import io.lanewise.plan.Stream;

/**
 * Makes the plans of a graph, one for each order of its lengths. Reads top to bottom: graph passes, streams, steps, passes over rows,
 * buffers. What does not depend on the order is done once: the first passes, products of constants, and measuring how accurate the
 * graph is as written. For the thread that has made it.
 */
public final class Planner {

    /** The name of the pass that fuses ops into steps. */
    public static final String FUSE = "fuse";

    /** The name of the pass that computes once what is equal; some rules of lowering answer to it as well. */
    static final String SHARE = "share";

    /** The name of the pass that lets values take turns in memory. */
    public static final String REUSE = "reuse";

    private static final int NAME_WIDTH = 9;

    private final Graph written;
    private final PlannerOptions options;
    private final Kernels kernels;
    private final Graph asked;
    private final Graph trimmed;
    private final List<String> trimming = new ArrayList<>();
    private final Products products = new Products();
    private WrittenAccuracy accuracy; // of the graph that was folded last; null before

    /** Prepares to plan a graph for kernels. */
    public Planner(Graph written, PlannerOptions options, Kernels kernels) {
        this.written = written;
        this.options = options;
        this.kernels = kernels;
        Graph some = written.asking(options.outputs());
        this.asked = options.attention() ? some.withAttention() : some;
        this.trimmed = apply(trimmingPasses(), asked, trimming);
    }

    private static List<GraphPass> trimmingPasses() {
        return List.of(new PruneUnused(), new ShareEqualValues(), new SplitConcats(), new RepeatLate(),
                new NarrowRows(), new PruneUnused());
    }

    private List<GraphPass> foldingPasses(LengthOrder order) {
        return List.of(new LiftHeads(order, kernels.panel()), new FoldConstants(order, products));
    }

    private static List<GraphPass> tidyingPasses() {
        return List.of(new ShareEqualValues(), new JoinLinears(), new PruneUnused());
    }

    /** Returns the names of the passes that can be switched off, in the order in which they run. */
    public static List<String> passNames() {
        return List.of("prune", SHARE, "split", "repeat", "narrow", "lift", "fold", "join", FUSE, REUSE);
    }

    /** Plans a graph for kernels, and for samples whose lengths are in the order in which the graph names them. */
    public static Plan plan(Graph written, PlannerOptions options, Kernels kernels) {
        return new Planner(written, options, kernels).plan(LengthOrder.of(written).getFirst());
    }

    /** Plans the graph for samples whose lengths are in the given order. */
    public Plan plan(LengthOrder order) {
        List<String> log = new ArrayList<>(trimming);
        Graph folded = apply(foldingPasses(order), trimmed, log);
        Graph graph = apply(tidyingPasses(), folded, log);
        List<Stream> streams = InferStreams.of(graph);
        Slots slots = new Slots(kernels, streams);
        List<Step> lowered = Lowering.of(graph, slots, LoweringRules.of(options));
        log.add(line(FUSE, operations(graph) + " ops -> " + lowered.size() + " steps"));
        List<Step> steps = StoreWeights.of(lowered, options.weights(), log);
        List<Pass> passes = options.on(FUSE) ? FormPasses.of(steps) : oneByOne(steps);
        SequencedMap<String, Slot> inputs = inputs(graph, slots);
        Map<String, PlannedOutput> outputs = outputs(graph, slots);
        AssignBuffers memory = AssignBuffers.of(slots.all(), inputs.values(), passes, outputSlots(outputs),
                options.on(REUSE));
        log.add(line(REUSE, slots.all().size() + " slots -> " + memory.buffers().size() + " buffers"));
        boolean orderMatters = folded != trimmed && LengthOrder.of(written).size() > 1;
        return new Plan(kernels, order, orderMatters, asked, graph, List.copyOf(log), streams, inputs, passes, outputs,
                memory.buffers(),
                memory.bufferOf());
    }

    private Graph apply(List<GraphPass> passes, Graph before, List<String> log) {
        Graph graph = before;
        for (GraphPass pass : passes) {
            graph = options.on(pass.name()) ? apply(pass, graph, log) : off(pass, graph, log);
        }
        return graph;
    }

    private static Graph off(GraphPass pass, Graph graph, List<String> log) {
        log.add(line(pass.name(), "off"));
        return graph;
    }

    private Graph apply(GraphPass pass, Graph before, List<String> log) {
        Graph after = pass.apply(before);
        GraphVerifier.verify(pass.name(), before, after);
        String errors = "";
        if (pass.folds() && after != before) {
            FoldCheck check = accuracyOf(before).compare(after);
            errors = ", " + check;
            if (!check.passes()) {
                log.add(line(pass.name(), "refused" + errors));
                return before;
            }
        }
        log.add(line(pass.name(), GraphChange.between(before, after) + errors));
        return after;
    }

    /** Returns a line of the log. By hand: a first formatter is 2 % of what a JVM takes from its start to a first answer. */
    static String line(String pass, String result) {
        return pass + " ".repeat(Math.max(0, NAME_WIDTH - pass.length())) + result;
    }

    private WrittenAccuracy accuracyOf(Graph graph) {
        if (accuracy == null || accuracy.written() != graph) {
            accuracy = new WrittenAccuracy(graph);
        }
        return accuracy;
    }

    private static long operations(Graph graph) {
        return graph.values().stream()
                .filter(value -> !(value.op() instanceof Op.Given || value.op() instanceof Op.Weight)).count();
    }

    private static List<Pass> oneByOne(List<Step> steps) {
        return steps.stream()
                .map(step -> new Pass(step.absorbed().isEmpty() ? "copy" : step.absorbed().getFirst(), List.of(), null,
                        List.of(step)))
                .toList();
    }

    private static SequencedMap<String, Slot> inputs(Graph graph, Slots slots) {
        SequencedMap<String, Slot> inputs = new LinkedHashMap<>();
        graph.inputs().forEach(input -> inputs.put(((Op.Given) input.op()).name(), slots.find(input)));
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
            case Shape.Numbers numbers -> new PlannedOutput.NumbersOutput(numbers, slots.find(value));
            case Shape.Stacked parts -> new PlannedOutput.StackedOutput(parts, slots.find(value));
            case Shape.Choices choices -> new PlannedOutput.ChoicesOutput(choices, slots.find(value),
                    ((Op.Choose) value.op()).choice());
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
            if (output.slotOrNull() != null) {
                slots.add(output.slotOrNull());
            }
        });
        return slots;
    }
}
