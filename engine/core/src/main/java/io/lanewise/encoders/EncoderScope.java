package io.lanewise.encoders;

import java.util.HashMap;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.Length;
import io.lanewise.graph.Notation;
import io.lanewise.graph.Op;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * What an encoder writes its mathematics with: the words of the notation, some of which find their weights by name, its settings,
 * and the tokens.
 */
final class EncoderScope implements Notation {

    /** The input of ids; it tells the padding, too. */
    static final String IDS = "input_ids";

    /** The input that says to which of two texts a token belongs. */
    static final String TYPES = "token_type_ids";

    private final GraphBuilder graph;
    private final EncoderConfig config;
    private final EncoderWeights weights;
    private final String part;
    private final Sequence sequence;
    private final Map<Constant, Value> values;

    /** The tokens of a sample, and how many features an embedding has. */
    private record Sequence(Value ids, Value types, Value padding, int features) {}

    private EncoderScope(GraphBuilder graph, EncoderConfig config, EncoderWeights weights, String part,
            Sequence sequence, Map<Constant, Value> values) {
        this.graph = graph;
        this.config = config;
        this.weights = weights;
        this.part = part;
        this.sequence = sequence;
        this.values = values;
    }

    /**
     * Begins a graph of tokens.
     *
     * @param vocabulary the rows of the table that ids choose from
     * @param features the columns of that table, and of others that are added to it
     * @param types the rows of the table that type ids choose from; 0 where those are not given
     */
    static EncoderScope of(GraphBuilder graph, EncoderConfig config, EncoderWeights weights, int vocabulary,
            int features, int types) {
        Length tokens = Length.ragged(IDS);
        Value ids = graph.tokens(IDS, tokens, vocabulary);
        Value typeIds = types == 0 ? null : graph.tokens(TYPES, tokens, types);
        Value padding = graph.add(new Op.Padding(ids));
        return new EncoderScope(graph, config, weights, "", new Sequence(ids, typeIds, padding, features),
                new HashMap<>());
    }

    // ---------------------------------------------------------------- settings and parts

    /** Returns the encoder's settings. */
    EncoderConfig config() {
        return config;
    }

    /** Returns the encoder's weights, for those that the words below do not find. */
    EncoderWeights weights() {
        return weights;
    }

    /** Returns the scope of a part: its weights' names start with {@code name} and a dot. */
    EncoderScope part(String name) {
        return new EncoderScope(graph, config, weights, part + name + ".", sequence, values);
    }

    // ---------------------------------------------------------------- tokens

    /** Returns the ids. */
    Value ids() {
        return sequence.ids();
    }

    /** Returns the type ids, or null where they are not given: then all are 0. */
    Value types() {
        return sequence.types();
    }

    /** Returns one bit a row: padding. */
    Value padding() {
        return sequence.padding();
    }

    /** Returns the features of embeddings, which a setting must agree with if it is there. */
    int features(String setting) {
        int features = config.size(setting, sequence.features());
        if (features != sequence.features()) {
            throw new LanewiseException(
                    "%s must be the columns of the table of ids: %s=%d, columns=%d".formatted(setting,
                            setting, features, sequence.features()));
        }
        return features;
    }

    /** The rows of a table for each id. */
    Value embedded(String table, Value ids) {
        return gather(table(table), ids);
    }

    /** The rows of the table of words for each id, times a number that is rounded to the type of the weights, as the reference does. */
    Value scaledWords(String table, double factor) {
        String weight = part + table + ".weight";
        Constant words = weights.matrix(weight, weights.rows(weight), sequence.features());
        return gather(constant(ScaledConstant.of(words, weights.rounded(weight, (float) factor))), ids());
    }

    /** The rows of a table for each token's type, the first where types are not given. */
    Value embeddedTypes(String table) {
        return gather(table(table), types() == null ? add(new Op.SamePlace(ids(), 0)) : types());
    }

    /** The rows of a table for each token's place, counted from 0. */
    Value embeddedPlaces(String table) {
        return gather(table(table), add(new Op.Places(ids(), 0)));
    }

    /** The rows of a table for each token's place as RoBERTa counts: behind the id of padding, which is not counted. */
    Value embeddedCounts(String table, int padding) {
        int rows = weights.has(part + table + ".weight") ? weights.size(part + table + ".weight", 0) : 0;
        if (rows > 0 && padding >= rows - 1) {
            throw new LanewiseException(
                    "pad_token_id must leave rows of the position table: pad_token_id=%d, rows=%d".formatted(padding,
                            rows));
        }
        return gather(table(table), add(new Op.CountedPlaces(ids(), padding)));
    }

    private Value table(String name) {
        String weight = part + name + ".weight";
        return constant(weights.matrix(weight, weights.rows(weight), sequence.features()));
    }

    // ---------------------------------------------------------------- words

    @Override
    public Value add(Op op) {
        return graph.add(op);
    }

    /** A constant, which stands in the graph once. */
    Value constant(Constant constant) {
        return values.computeIfAbsent(constant, this::weight);
    }

    /** {@code x · Wᵀ + b}, the weight {@code [out, in]}. */
    Value linear(Value x, String name, int out) {
        return linear(x, name, out, true);
    }

    /** {@code x · Wᵀ + b}, or without a bias. */
    Value linear(Value x, String name, int out, boolean biased) {
        return linear(x, constant(weights.matrix(part + name + ".weight", out, x.rows().features())),
                biased ? constant(weights.vector(part + name + ".bias", out)) : null);
    }

    /** {@code x · Wᵀ + b} by some of the rows of a weight {@code [all, in]}, such as the keys of queries, keys and values. */
    Value linearRows(Value x, String name, int all, int first, int out, boolean biased) {
        Constant weight = weights.matrix(part + name + ".weight", all, x.rows().features());
        Constant bias = biased ? weights.vector(part + name + ".bias", all) : null;
        return linear(x, constant(RowsOfConstant.of(weight, first, out)),
                biased ? constant(RowsOfConstant.of(bias, first, out)) : null);
    }

    /** Layer norm with scale and shift. */
    Value layerNorm(Value x, String name, double epsilon) {
        return layerNorm(x, name, epsilon, true);
    }

    /** Layer norm with a scale, and perhaps a shift. */
    Value layerNorm(Value x, String name, double epsilon, boolean shifted) {
        int features = x.rows().features();
        return norm(x, constant(weights.vector(part + name + ".weight", features)),
                shifted ? constant(weights.vector(part + name + ".bias", features)) : null, epsilon);
    }

    /** RMS norm with a scale; of each head where {@code x} is split. */
    Value rmsNorm(Value x, String name, double epsilon) {
        return rmsNorm(x, constant(weights.vector(part + name + ".weight", x.rows().headDim())), epsilon);
    }

    /** A linear layer and a function of each element. */
    Value activated(Value x, String name, int out, Activation activation) {
        return activate(linear(x, name, out), activation);
    }

    /** The first row of each sample, behind a linear layer as wide as it and a function of each element. */
    Value firstRow(Value x, String name, Activation activation) {
        return activated(select(x, RowPlace.FIRST), name, x.rows().features(), activation);
    }

    /** A linear layer of which one half is the gate of the other; no biases unless it says so. */
    Value gatedHalves(Value x, String name, int half, boolean firstIsGate, Activation activation, boolean biased) {
        Value first = linearRows(x, name, 2 * half, 0, half, biased);
        Value second = linearRows(x, name, 2 * half, half, half, biased);
        return firstIsGate
                ? product(activate(first, activation), second)
                : product(activate(second, activation), first);
    }

    /** The feed-forward layers of decoders: one gates another, a third leads back; no biases. */
    Value gatedFeedForward(Value x, int inner, Activation activation) {
        Value gate = linear(x, "mlp.gate_proj", inner, false);
        Value up = linear(x, "mlp.up_proj", inner, false);
        return linear(product(activate(gate, activation), up), "mlp.down_proj", x.rows().features(), false);
    }

    /** Returns the weight of a linear layer, for whoever makes something else of it. */
    Constant weightOf(String name, int out, int in) {
        return weights.matrix(part + name + ".weight", out, in);
    }

    /** Returns the scale of a norm, for whoever makes something else of it. */
    Constant scaleOf(String name, int features) {
        return weights.vector(part + name + ".weight", features);
    }

    /** Returns the bias of a linear layer. */
    Constant biasOf(String name, int out) {
        return weights.vector(part + name + ".bias", out);
    }

    /** Returns how many rows the weight of a linear layer has; 1 where it is missing, which is noted. */
    int rowsOf(String name) {
        return weights.rows(part + name + ".weight");
    }

    // ---------------------------------------------------------------- results

    /** Names a result. */
    void output(String name, Value value) {
        graph.output(name, value);
    }

    /** Names rows on the way to the results. */
    void stage(String name, Value value) {
        graph.stage(name, value);
    }

    /** Names an attention map. */
    void attention(String name, Value value) {
        graph.attention(name, value);
    }
}
