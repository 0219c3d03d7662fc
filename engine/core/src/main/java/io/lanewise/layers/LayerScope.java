package io.lanewise.layers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Length;
import io.lanewise.graph.MaskOrder;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.TensorType;

/**
 * What a layer writes its mathematics with: the weights under its name, its settings, and one method for each op.
 *
 * <p>Weights are checked as they are named: {@code NAME.weight_raw} wins over {@code NAME.weight} (the copy that the last
 * training step left, with entries dropped out). Whatever the layer has not named is refused in the end.
 */
public final class LayerScope {

    /** The epsilon of every layer norm. */
    public static final double EPSILON = 1e-5;

    /** More than any layer has. A session's memory is a multiple of it, and a file without weights can claim anything. */
    private static final int MOST_FEATURES = 1 << 16;

    /** More than any stack has. Planning takes seconds at this depth, and four times as long at twice of it. */
    private static final int MOST_LAYERS = 128;

    /** A name may be as long as the file that it comes from; a message shows so much of it. */
    private static final int SHOWN_CHARACTERS = 80;

    private final Build build;
    private final String prefix;

    /** What all scopes of one graph share. */
    private static final class Build {
        final GraphBuilder graph = new GraphBuilder();
        final Checkpoint checkpoint;
        final LayerConfig config;
        final Set<String> given;
        final Map<String, Value> weights = new HashMap<>();
        final Set<String> named = new HashSet<>();

        Build(Checkpoint checkpoint, LayerConfig config, Set<String> given) {
            this.checkpoint = checkpoint;
            this.config = config;
            this.given = given;
        }
    }

    private LayerScope(Build build, String prefix) {
        this.build = build;
        this.prefix = prefix;
    }

    /**
     * Builds a kind's graph.
     *
     * @param given the names of the inputs that will be there
     * @throws LanewiseException if a weight is missing, misshapen or left over, or a setting or input is not legal
     */
    public static Graph graphOf(LayerKind kind, Checkpoint checkpoint, LayerConfig config, Set<String> given) {
        LayerScope scope = new LayerScope(new Build(checkpoint, config, given), "");
        kind.describe(scope);
        scope.refuseLeftovers(kind);
        return scope.build.graph.build();
    }

    // ---------------------------------------------------------------- settings

    /** Returns the layer's settings. */
    public LayerConfig config() {
        return build.config;
    }

    /** Returns the number of features, from the metadata or else from the weights. */
    public int hidden(String weight, int axis) {
        return config().count("hidden").orElseGet(() -> size(weight, axis));
    }

    /** Returns the number of features of a layer whose weights do not tell. */
    public int hidden() {
        return config().count("hidden").orElseThrow(
                () -> new LanewiseException("setting must be in the metadata or given as an option: missing hidden"));
    }

    /** Returns the number of heads, which must divide the features. */
    public int heads(int features) {
        int heads = config().count("heads").orElseThrow(
                () -> new LanewiseException("setting must be in the metadata or given as an option: missing heads"));
        return dividing(heads, features);
    }

    /** Returns the number of heads, or 1 where nothing is said. */
    public int headsOrOne(int features) {
        return dividing(config().count("heads").orElse(1), features);
    }

    private static int dividing(int heads, int features) {
        if (features % heads != 0) {
            throw new LanewiseException("heads must divide hidden: heads=" + heads + ", hidden=" + features);
        }
        return heads;
    }

    // ---------------------------------------------------------------- scopes

    /** Returns the scope of a part: its weights' names start with {@code name} and a dot. */
    public LayerScope part(String name) {
        return new LayerScope(build, prefix + name + ".");
    }

    /** Returns the scopes of a stack's layers, {@code encoder_layers.0}, {@code encoder_layers.1}, …. */
    public List<LayerScope> layers() {
        int found = foundLayers();
        int layers = config().count("layers").orElse(found);
        if (found == 0 || layers != found) {
            throw new LanewiseException(
                    "layers must match the weights encoder_layers.0 … encoder_layers.%d: layers=%d, found=%d"
                            .formatted(layers - 1, layers, found));
        }
        if (layers > MOST_LAYERS) {
            throw new LanewiseException("layers must be at most " + MOST_LAYERS + ": layers=" + layers);
        }
        return java.util.stream.IntStream.range(0, layers).mapToObj(i -> part("encoder_layers." + i)).toList();
    }

    /** Counts the layers that have a weight, from 0 to the first that has none, in one pass: the weights may be very many. */
    private int foundLayers() {
        String start = prefix + "encoder_layers.";
        Set<String> numbers = new HashSet<>();
        for (String name : build.checkpoint.names()) {
            int end = name.indexOf('.', start.length());
            if (name.startsWith(start) && end >= 0) {
                numbers.add(name.substring(start.length(), end));
            }
        }
        int found = 0;
        while (numbers.contains(Integer.toString(found))) {
            found++;
        }
        return found;
    }

    /** Says whether the checkpoint has a linear layer's weight of that name. */
    public boolean hasWeight(String name) {
        return build.checkpoint.find(resolve(name)).isPresent();
    }

    // ---------------------------------------------------------------- inputs and outputs

    /** Says whether an optional input will be there. */
    public boolean given(String input) {
        return build.given.contains(input);
    }

    /** Adds an input with a length of its own. */
    public Value input(String name, int features) {
        return input(name, new Length(name), features);
    }

    /** Adds an input as long as another. */
    public Value input(String name, Length length, int features) {
        return build.graph.input(name, length, allowed(name, features));
    }

    private static int allowed(String name, int features) {
        if (features > MOST_FEATURES) {
            throw new LanewiseException(
                    "rows must have at most %d features: %s has %d".formatted(MOST_FEATURES, name, features));
        }
        return features;
    }

    /** Names a result. */
    public void output(String name, Value value) {
        build.graph.output(name, value);
    }

    /** Names an attention map. */
    public void attention(String name, Value value) {
        build.graph.attention(name, value);
    }

    // ---------------------------------------------------------------- ops

    /** One bit a row: padding. */
    public Value padding(Value x) {
        return add(new Op.Padding(x));
    }

    /** Adds {@code op}. */
    public Value add(Op op) {
        return build.graph.add(op);
    }

    /** {@code x · W}, the weight {@code [out, in]}, no bias. */
    public Value linear(Value x, String name, int out) {
        return add(new Op.Linear(x, matrix(name, allowed(name, out), x.rows().features()), null));
    }

    /** {@code x + y}. */
    public Value sum(Value x, Value y) {
        return add(new Op.Add(x, y));
    }

    /** {@code [x ; y]}, feature after feature. */
    public Value concat(Value x, Value y) {
        return add(new Op.Concat(x, y));
    }

    /** {@code max(x, 0)}. */
    public Value relu(Value x) {
        return add(new Op.Activate(x, Activation.RELU));
    }

    /** Layer norm without scale and shift. */
    public Value norm(Value x) {
        return add(new Op.LayerNorm(x, null, null, EPSILON));
    }

    /** Layer norm with the scale and shift stored under {@code name}. */
    public Value affineNorm(Value x, String name) {
        int features = x.rows().features();
        return add(new Op.LayerNorm(x, vector(name + ".weight", features), vector(name + ".bias", features), EPSILON));
    }

    /** Reads features as heads. */
    public Value split(Value x, int heads, HeadSplit split) {
        return add(new Op.SplitHeads(x, heads, split));
    }

    /** Reads heads as features again. */
    public Value merge(Value x) {
        return add(new Op.MergeHeads(x));
    }

    /** {@code softmax(q kᵀ · scale)} with padding: the attention of the masked core. */
    public Value attend(Value q, Value k, double scale, Value keyPadding, Value queryPadding, MaskOrder order) {
        return add(new Op.MaskedSoftmax(add(new Op.Scores(q, k, scale)), keyPadding, queryPadding, order));
    }

    /** The attention of the masked core, masks by sample. */
    public Value attend(Value q, Value k, double scale, Value keyPadding, Value queryPadding) {
        return attend(q, k, scale, keyPadding, queryPadding, MaskOrder.SAMPLE);
    }

    /** {@code A v}. */
    public Value context(Value attention, Value v) {
        return add(new Op.Context(attention, v));
    }

    /** {@code size^-½}. */
    public static double inverseRoot(int size) {
        return 1 / Math.sqrt(size);
    }

    // ---------------------------------------------------------------- weights

    /** Returns a weight {@code [rows, columns]}; a trailing axis of 1 (a kernel-1 convolution) is dropped. */
    public Value matrix(String name, int rows, int columns) {
        String stored = resolve(name);
        List<Long> plain = List.of((long) rows, (long) columns);
        return weight(stored, new Shape.Matrix(rows, columns), plain, plain);
    }

    /** Returns the weight of a kernel-1 convolution, stored {@code [rows, columns, 1]}. */
    public Value convolution(String name, int rows, int columns) {
        return weight(resolve(name), new Shape.Matrix(rows, columns), List.of((long) rows, (long) columns, 1L),
                List.of((long) rows, (long) columns));
    }

    /** Returns a vector stored under exactly that name. */
    public Value vector(String name, int size) {
        List<Long> shape = List.of((long) size);
        return weight(prefix + name, new Shape.Vector(size), shape, shape);
    }

    /** Returns one size of a weight's shape. */
    public int size(String name, int axis) {
        String stored = resolve(name);
        Checkpoint.Entry entry = require(stored, "a matrix");
        if (axis >= entry.shape().size() || entry.shape().get(axis) < 1
                || entry.shape().get(axis) > Integer.MAX_VALUE) {
            throw new LanewiseException("weight must be a matrix: " + stored + " is " + entry.describe());
        }
        return entry.shape().get(axis).intValue();
    }

    private String resolve(String name) {
        String raw = prefix + name + ".weight_raw";
        String plain = prefix + name + ".weight";
        if (build.checkpoint.find(raw).isPresent()) {
            build.named.add(plain);
            return raw;
        }
        return plain;
    }

    private Value weight(String stored, Shape shape, List<Long> expected, List<Long> alsoLegal) {
        Value known = build.weights.get(stored);
        if (known != null) {
            return known;
        }
        Checkpoint.Entry entry = require(stored, TensorType.F32 + " " + expected);
        if (!entry.isFloat() || !(entry.shape().equals(expected) || entry.shape().equals(alsoLegal))) {
            throw new LanewiseException("weight must be F32 (or F16, BF16) %s: %s is %s"
                    .formatted(expected, stored, entry.describe()));
        }
        build.named.add(stored);
        Value value = add(new Op.Weight(new Constant(stored, shape, entry.floats().get())));
        build.weights.put(stored, value);
        return value;
    }

    private Checkpoint.Entry require(String stored, String expected) {
        return build.checkpoint.find(stored).orElseThrow(() -> new LanewiseException(
                "weight must be there: missing %s, expected %s, in %s".formatted(stored, expected,
                        build.checkpoint.origin())));
    }

    private void refuseLeftovers(LayerKind kind) {
        for (String name : build.checkpoint.names()) {
            if (!build.named.contains(name)) {
                throw new LanewiseException(
                        "%s has no weight of this name: %s is %s, in %s".formatted(kind.name(),
                                LanewiseException.shorten(name, SHOWN_CHARACTERS),
                                build.checkpoint.find(name).orElseThrow().describe(), build.checkpoint.origin()));
            }
        }
    }
}
