package io.lanewise.layers;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.Length;
import io.lanewise.graph.Notation;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.NamedWeights;

/**
 * What a layer of HGA writes its mathematics with: the words of the notation, some of which find their weights by name, and the
 * layer's settings, inputs and outputs.
 */
public final class LayerScope implements Notation {

    /** The epsilon of every layer norm. */
    private static final double EPSILON = 1e-5;

    /** More than any layer has. A session's memory is a multiple of it, and a file without weights can claim anything. */
    private static final int MOST_FEATURES = 1 << 16;

    /** More than any stack has. Plans and sessions grow by kilobytes with a layer that takes a file some hundred bytes. */
    static final int MOST_LAYERS = 128;

    /** What all names begin with in the checkpoint of a model that was trained on several devices. */
    private static final String WRAPPER = "module.";

    private final GraphBuilder graph;
    private final LayerConfig config;
    private final Set<String> given;
    private final LayerWeights weights;

    private LayerScope(GraphBuilder graph, LayerConfig config, Set<String> given, LayerWeights weights) {
        this.graph = graph;
        this.config = config;
        this.given = given;
        this.weights = weights;
    }

    /**
     * Builds a kind's graph.
     *
     * @param given the names of the inputs that will be there
     * @throws LanewiseException if a weight is missing, misshapen or left over, or a setting or input is not legal
     */
    public static Graph graphOf(LayerKind kind, Checkpoint checkpoint, LayerConfig config, Set<String> given) {
        GraphBuilder graph = new GraphBuilder();
        described(kind, checkpoint, config, given, graph).refuseLeftovers(kind.name());
        return graph.build();
    }

    /** Returns the names of the weights that a kind does not read; otherwise as {@link #graphOf}. */
    static List<String> unusedWeights(LayerKind kind, Checkpoint checkpoint, LayerConfig config) {
        Set<String> inputs = Set.copyOf(kind.requiredInputs(config));
        return described(kind, checkpoint, config, inputs, new GraphBuilder()).unread();
    }

    /** Writes a kind down, and returns its weights, which know who was read. */
    private static NamedWeights described(LayerKind kind, Checkpoint checkpoint, LayerConfig config, Set<String> given,
            GraphBuilder graph) {
        NamedWeights weights = new NamedWeights(checkpoint.withoutPrefix(WRAPPER));
        kind.describe(new LayerScope(graph, config, given, new LayerWeights(weights, graph)));
        return weights;
    }

    // ---------------------------------------------------------------- settings

    /** Returns the layer's settings. */
    public LayerConfig config() {
        return config;
    }

    /** Returns the number of features, from the metadata or else from the weights. */
    public int hidden(String weight, int axis) {
        return config.count("hidden").orElseGet(() -> weights.size(weight, axis));
    }

    /** Returns the number of features of a layer whose weights do not tell. */
    public int hidden() {
        return config.requiredCount("hidden");
    }

    /** Returns the number of heads, which must divide the features. */
    public int heads(int features) {
        return dividing(config.requiredCount("heads"), features);
    }

    /** Returns the number of heads, or 1 where nothing is said. */
    public int headsOrOne(int features) {
        return dividing(config.count("heads").orElse(1), features);
    }

    private static int dividing(int heads, int features) {
        if (features % heads != 0) {
            throw new LanewiseException("heads must divide hidden: heads=" + heads + ", hidden=" + features);
        }
        return heads;
    }

    // ---------------------------------------------------------------- parts

    /** Returns the scope of a part: its weights' names start with {@code name} and a dot. */
    public LayerScope part(String name) {
        return with(weights.part(name));
    }

    /** Returns the scopes of a stack's layers. */
    public List<LayerScope> layers() {
        int found = weights.layers();
        return layers(config.count("layers").orElse(found));
    }

    /** Returns the scopes of a stack's layers, which must be so many. */
    public List<LayerScope> layers(int layers) {
        int found = weights.layers();
        if (found == 0 || layers != found) {
            throw new LanewiseException(
                    "layers must match the weights encoder_layers.0 … encoder_layers.%d: layers=%d, found=%d"
                            .formatted(layers - 1, layers, found));
        }
        requireAllowed(layers);
        return IntStream.range(0, layers).mapToObj(index -> with(weights.layer(index))).toList();
    }

    static void requireAllowed(int layers) {
        if (layers > MOST_LAYERS) {
            throw new LanewiseException("layers must be at most " + MOST_LAYERS + ": layers=" + layers);
        }
    }

    private LayerScope with(LayerWeights part) {
        return new LayerScope(graph, config, given, part);
    }

    // ---------------------------------------------------------------- inputs and outputs

    /** Says whether an optional input will be there. */
    public boolean given(String input) {
        return given.contains(input);
    }

    /** Adds an input with a length of its own. */
    public Value input(String name, int features) {
        return input(name, new Length(name), features);
    }

    /** Adds an input of a length that others may have, too. */
    public Value input(String name, Length length, int features) {
        return graph.input(name, length, allowed(name, features));
    }

    /** Adds an input of one row a sample. */
    public Value row(String name, int features) {
        return input(name, Length.ONE, features);
    }

    /** Adds an input of token ids, each of 0 … {@code end − 1}. */
    public Value tokens(String name, Length length, int end) {
        return graph.tokens(name, length, end);
    }

    /** Adds an input of a number for each pair of a length's rows. */
    public Value pairs(String name, Length length) {
        return graph.pairs(name, length);
    }

    static int allowed(String name, long features) {
        if (features > MOST_FEATURES) {
            throw new LanewiseException(
                    "rows must have at most %d features: %s has %d".formatted(MOST_FEATURES, name, features));
        }
        return Math.toIntExact(features);
    }

    /** Names a result. */
    public void output(String name, Value value) {
        graph.output(name, value);
    }

    /** Names what lies on the way to the results. */
    public void stage(String name, Value value) {
        graph.stage(name, value);
    }

    /** Names an attention map. */
    public void attention(String name, Value value) {
        graph.attention(name, value);
    }

    // ---------------------------------------------------------------- words

    @Override
    public Value add(Op op) {
        return graph.add(op);
    }

    /** Returns the layer's weights, for those that the words below do not find. */
    public LayerWeights weights() {
        return weights;
    }

    /** {@code x · Wᵀ}, the weight {@code [out, in]}, no bias. */
    public Value linear(Value x, String name, int out) {
        return linear(x, weights.matrix(name, allowed(name, out), x.rows().features()), null);
    }

    /** {@code x · Wᵀ + b}, the weight {@code [out, in]}. */
    public Value affine(Value x, String name, int out) {
        Value weight = weights.matrix(name, allowed(name, out), x.rows().features());
        return linear(x, weight, weights.vector(name + ".bias", out));
    }

    /** Layer norm without scale and shift. */
    public Value norm(Value x) {
        return norm(x, null, null, EPSILON);
    }

    /** Layer norm with the scale and shift stored under {@code name}. */
    public Value affineNorm(Value x, String name) {
        int features = x.rows().features();
        return norm(x, weights.vector(name + ".weight", features), weights.vector(name + ".bias", features), EPSILON);
    }
}
