package io.lanewise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

import io.lanewise.encoders.Encoder;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Network;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.choice.LookAhead;
import io.lanewise.layers.LayerConfig;
import io.lanewise.layers.LayerKinds;
import io.lanewise.layers.WeightedLayer;
import io.lanewise.plan.LengthOrder;
import io.lanewise.plan.Pass;
import io.lanewise.plan.Plan;
import io.lanewise.plan.RowCounts;
import io.lanewise.plan.Step;
import io.lanewise.plan.Stream;
import io.lanewise.planner.Planner;
import io.lanewise.planner.PlannerOptions;
import io.lanewise.runtime.PreparedPlan;
import io.lanewise.weights.Checkpoint;

/**
 * A layer with its weights, ready to be run by sessions.
 *
 * <p>Immutable as far as anybody can see, and shared by all sessions and threads; weights are packed once for each way in
 * which sessions use them. Must be closed after its sessions, which frees the weights.
 */
public final class Model implements AutoCloseable {

    private record Asked(Set<String> inputs, PlannerOptions options) {}

    private record Variant(Asked asked, int order) {}

    private final Network network;
    private final Map<Set<String>, Graph> graphs = new HashMap<>();
    private final Map<Asked, Planner> planners = new HashMap<>();
    private final Map<Variant, Plan> plans = new HashMap<>();
    private final Map<Variant, PreparedPlan> prepared = new HashMap<>();
    private int openSessions;
    private boolean closed;

    private Model(Network network) {
        this.network = network;
        graph(Set.of());
    }

    /**
     * Loads a layer from a safetensors file whose metadata names its network.
     *
     * @throws LanewiseException if the file cannot be read, is malformed, or does not hold what its kind needs
     */
    public static Model load(Path weights) {
        return load(weights, ModelOptions.defaults());
    }

    /**
     * Loads a layer from a safetensors file; the options win over its metadata.
     *
     * <p>The file is checked and read before this returns, and not needed any more. If it becomes shorter or longer meanwhile, that
     * is an exception; bytes that somebody overwrites meanwhile are read as they then are. Replace files by renaming.
     *
     * @throws LanewiseException if the file cannot be read, is malformed, or does not hold what its kind needs
     */
    public static Model load(Path weights, ModelOptions options) {
        LookAhead.start();
        if (Files.isDirectory(weights)) {
            return of(Encoder.open(weights));
        }
        try (Checkpoint file = Checkpoint.open(weights)) {
            return of(file.readOnce(), options); // what a layer reads, it has read when this returns
        }
    }

    /**
     * Makes a layer from weights in memory.
     *
     * @throws LanewiseException if the checkpoint does not hold what its kind needs
     */
    public static Model of(Checkpoint checkpoint, ModelOptions options) {
        LayerConfig config = new LayerConfig(checkpoint.metadata(), options.settings());
        return new Model(new WeightedLayer(LayerKinds.of(config.text("layer")), checkpoint, config));
    }

    /**
     * Makes a model of what can be written down as a graph, which it closes when it is closed, or here if that fails.
     *
     * @throws LanewiseException if it lacks what it needs
     */
    public static Model of(Network network) {
        try {
            return new Model(network);
        } catch (RuntimeException | Error refused) {
            network.close();
            throw refused;
        }
    }

    /** Returns the kind of layer, such as {@code co-attention}. */
    public String layer() {
        return network.name();
    }

    /** Returns the inputs that every run must bring. */
    public List<String> requiredInputs() {
        return network.requiredInputs();
    }

    /** Returns the inputs that a run may bring besides; one needs those before it. */
    public List<String> optionalInputs() {
        return network.optionalInputs();
    }

    /** Returns the rows of the longest sample that the model's tables are for; no limit for a layer without any. */
    public int longest() {
        return longest(SessionOptions.defaults());
    }

    /**
     * Returns the same, from the plan that sessions with these options will run: it is then there already.
     *
     * @throws LanewiseException if the options do not fit the layer
     */
    public int longest(SessionOptions options) {
        Plan plan = plan(options);
        return plan.streams().stream().anyMatch(Stream::isRagged)
                ? plan.steps().stream().mapToInt(Step::longest).min().orElseThrow()
                : Integer.MAX_VALUE;
    }

    /** Returns the names of the weights that the model does not need, in their order: published checkpoints may hold some. */
    public List<String> unusedWeights() {
        return network.unusedWeights();
    }

    /** Returns the names of the results, usual ones first, then those that come only when asked for by name. */
    public SequencedSet<String> outputs() {
        return outputs(graph(Set.of()));
    }

    private static SequencedSet<String> outputs(Graph graph) {
        SequencedSet<String> names = new LinkedHashSet<>(graph.outputs().keySet());
        names.addAll(graph.stages().keySet());
        return names;
    }

    /**
     * Returns the names of the attention maps: all come with {@link SessionOptions#attention}, and each when asked for by name as a
     * result is, which computes no other.
     */
    public SequencedSet<String> attentions() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(graph(Set.of()).attentions().keySet()));
    }

    /** Opens a session with the default options. */
    public Session newSession() {
        return newSession(SessionOptions.defaults());
    }

    /**
     * Opens a session. If that fails, the model is as usable as before, and nothing is left of the session.
     *
     * @throws LanewiseException if the options do not fit the layer, or the JVM has not the memory or the threads for them
     * @throws IllegalStateException if the model is closed
     */
    public synchronized Session newSession(SessionOptions options) {
        requireOpen();
        requireOutputs(options);
        Session session = new Session(this, options);
        openSessions++;
        return session;
    }

    /**
     * Explains the plan: the layer as it is written, what each planner pass did, the final steps, and what they cost for the
     * given lengths.
     *
     * @param options what the session would be opened with
     * @param lengths by input, the valid length of each sample; an input without takes the first sample count with full rows
     * @throws LanewiseException if a length names no input
     */
    public String explain(SessionOptions options, Map<String, List<Integer>> lengths) {
        requireOutputs(options);
        return Explanation.of(network.name(), order -> plan(variant(options.inputs(), options.planner(), order)),
                lengths);
    }

    /**
     * Returns, for each pass of the plan in order, the ops that it does in one sweep, such as {@code linear, scores, mask,
     * softmax, context, linear, add, layer-norm}.
     *
     * @param options what the session would be opened with
     */
    public List<List<String>> passes(SessionOptions options) {
        return plan(options).passes().stream().map(Pass::absorbed).toList();
    }

    /**
     * Checks inputs as a session with these options would, without opening one: nothing is allocated for their size.
     *
     * @throws LanewiseException if an input is missing, unknown or does not fit
     */
    public void check(SessionOptions options, Inputs inputs) {
        new Door(plan(options), options).check(inputs);
    }

    /** Returns the layer's graph for a run that brings these inputs; empty for the required ones. */
    public synchronized Graph graph(Set<String> inputs) {
        return graphs.computeIfAbsent(givenOrRequired(inputs), network::graph);
    }

    /** Returns the plan for a session's options. */
    Plan plan(SessionOptions options) {
        requireOutputs(options);
        return plan(variant(options.inputs(), options.planner(), 0));
    }

    private Variant variant(Set<String> inputs, PlannerOptions options, int order) {
        return new Variant(new Asked(givenOrRequired(inputs), options), order);
    }

    /** Returns the plan for samples whose lengths are in one of the orders that the graph can meet. */
    private synchronized Plan plan(Variant variant) {
        requireOpen();
        Asked asked = variant.asked();
        return plans.computeIfAbsent(variant, _ -> {
            Graph graph = graph(asked.inputs());
            return planners.computeIfAbsent(asked, _ -> new Planner(graph, asked.options(), KernelChoice.best()))
                    .plan(LengthOrder.of(graph).get(variant.order()));
        });
    }

    /** Returns that plan with its constants packed, which only those who run it need. */
    synchronized PreparedPlan prepare(Set<String> inputs, PlannerOptions options, int order) {
        requireOpen();
        Variant variant = variant(inputs, options, order);
        return prepared.computeIfAbsent(variant, _ -> PreparedPlan.of(plan(variant)));
    }

    private void requireOutputs(SessionOptions options) {
        Graph graph = graph(options.inputs());
        Set<String> known = outputs(graph);
        known.addAll(graph.attentions().keySet());
        for (String name : options.outputs()) {
            if (!known.contains(name)) {
                throw new LanewiseException("output must be one of %s: output=%s".formatted(known, name));
            }
        }
    }

    private Set<String> givenOrRequired(Set<String> inputs) {
        Set<String> given = inputs.isEmpty() ? Set.copyOf(network.requiredInputs()) : inputs;
        requireInputs(given);
        return given;
    }

    /** Checks the names of inputs; an optional one needs those before it. */
    void requireInputs(Set<String> given) {
        SequencedSet<String> known = new LinkedHashSet<>(network.requiredInputs());
        known.addAll(network.optionalInputs());
        Set<String> unknown = new HashSet<>(given);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new LanewiseException("%s takes the inputs %s: unexpected input %s".formatted(network.name(),
                    String.join(", ", known), unknown.stream().sorted().findFirst().orElseThrow()));
        }
        boolean gap = false;
        for (String name : known) {
            boolean isGiven = given.contains(name);
            if (!isGiven && network.requiredInputs().contains(name) || isGiven && gap) {
                String missing = isGiven
                        ? known.stream().filter(other -> !given.contains(other)).findFirst().orElseThrow()
                        : name;
                throw new LanewiseException("%s takes the inputs %s: missing input %s".formatted(network.name(),
                        String.join(", ", known), missing));
            }
            gap |= !isGiven;
        }
    }

    synchronized void sessionClosed() {
        openSessions--;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("a model must not be used after it is closed: layer=" + network.name());
        }
    }

    /**
     * Frees the weights. Closing twice is allowed.
     *
     * @throws IllegalStateException if sessions are still open; the model then stays open
     */
    @Override
    public synchronized void close() {
        if (openSessions > 0) {
            throw new IllegalStateException("a model must not be closed before its sessions: layer=" + network.name()
                    + ", open sessions=" + openSessions);
        }
        if (!closed) {
            closed = true;
            prepared.values().forEach(PreparedPlan::close);
            prepared.clear();
            network.close();
        }
    }
}
