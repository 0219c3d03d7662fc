package io.lanewise.layers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Notation;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.weights.NamedWeights;

/**
 * The weights of a layer by the rules of HGA's checkpoints, each a value of the layer's graph that is read and added once.
 *
 * <p>{@code NAME.weight_raw} wins over {@code NAME.weight} (the copy that the last training step left, with entries dropped out).
 * The layers of a stack are called {@code encoder_layers.0}, {@code encoder_layers.1}, ….
 */
public final class LayerWeights {

    private static final String STACK = "encoder_layers";

    private final NamedWeights checkpoint;
    private final Notation graph;
    private final Map<String, Value> values; // by the name in the checkpoint
    private final String prefix;

    LayerWeights(NamedWeights checkpoint, Notation graph) {
        this(checkpoint, graph, new HashMap<>(), "");
    }

    private LayerWeights(NamedWeights checkpoint, Notation graph, Map<String, Value> values, String prefix) {
        this.checkpoint = checkpoint;
        this.graph = graph;
        this.values = values;
        this.prefix = prefix;
    }

    /** Returns the weights of a part: their names start with {@code name} and a dot. */
    LayerWeights part(String name) {
        return new LayerWeights(checkpoint, graph, values, prefix + name + ".");
    }

    /** Returns the weights of a stack's layer. */
    LayerWeights layer(int index) {
        return part(STACK + "." + index);
    }

    /** Counts the layers of a stack, up to the first that has no weight. */
    int layers() {
        return checkpoint.parts(prefix + STACK);
    }

    /** Says whether there is a linear layer's weight of that name. */
    public boolean has(String name) {
        return checkpoint.has(stored(name));
    }

    /** Says whether there is a linear layer's weight of that name and shape. */
    boolean has(String name, int rows, int columns) {
        return checkpoint.has(stored(name), List.of((long) rows, (long) columns));
    }

    /** Counts the parts of a list, up to the first that has no weight. */
    int parts(String list) {
        return checkpoint.parts(prefix + list);
    }

    /** Tolerates weights that nobody reads if their names are such, of which no part's is told apart. */
    void tolerate(Predicate<String> names) {
        checkpoint.tolerate(names);
    }

    /** Returns one size of a weight's shape. */
    public int size(String name, int axis) {
        return checkpoint.size(stored(name), axis);
    }

    /** Returns a weight {@code [rows, columns]}. */
    public Value matrix(String name, int rows, int columns) {
        List<Long> shape = List.of((long) rows, (long) columns);
        return value(stored(name), new Shape.Matrix(rows, columns), shape, shape);
    }

    /** Returns the weight of a kernel-1 convolution, stored {@code [rows, columns, 1]} or without the 1. */
    public Value convolution(String name, int rows, int columns) {
        return value(stored(name), new Shape.Matrix(rows, columns), List.of((long) rows, (long) columns, 1L),
                List.of((long) rows, (long) columns));
    }

    /** Says whether there is a weight stored under exactly that name. */
    boolean hasExactly(String name) {
        return checkpoint.has(prefix + name);
    }

    /** Returns one size of the shape of a weight stored under exactly that name. */
    int sizeExactly(String name, int axis) {
        return checkpoint.size(prefix + name, axis);
    }

    /** Counts weights whose names end in a number by the highest number. */
    int highest(String start, int digits) {
        return checkpoint.highest(prefix + start, digits);
    }

    /** Returns a weight {@code [rows, columns]} stored under exactly that name. */
    Value matrixExactly(String name, int rows, int columns) {
        List<Long> shape = List.of((long) rows, (long) columns);
        return value(prefix + name, new Shape.Matrix(rows, columns), shape, shape);
    }

    /**
     * Returns a weight of which direction and length are stored apart (weight norm), {@code W[o,·] = g[o] · v[o,·] / ‖v[o,·]‖}: made
     * in double, and rounded once.
     */
    Value normedMatrix(String name, int rows, int columns) {
        checkpoint.ignore(prefix + name + ".weight"); // what the last forward made of the two
        float[] lengths = matrixExactly(name + ".weight_g", rows, 1).constant().values();
        float[] directions = matrixExactly(name + ".weight_v", rows, columns).constant().values();
        return values.computeIfAbsent(prefix + name, stored -> graph.weight(
                new Constant(stored, new Shape.Matrix(rows, columns), normed(lengths, directions, columns))));
    }

    private static float[] normed(float[] lengths, float[] directions, int columns) {
        float[] normed = new float[directions.length];
        for (int row = 0; row < lengths.length; row++) {
            double squares = 0;
            for (int column = 0; column < columns; column++) {
                double direction = directions[row * columns + column];
                squares += direction * direction;
            }
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                normed[cell] = (float) (lengths[row] * (directions[cell] / Math.sqrt(squares)));
            }
        }
        return normed;
    }

    /** Returns a constant made of weights, which no file has. */
    Value made(Constant constant) {
        return graph.weight(constant);
    }

    /** Returns a vector stored under exactly that name. */
    public Value vector(String name, int size) {
        List<Long> shape = List.of((long) size);
        return value(prefix + name, new Shape.Vector(size), shape, shape);
    }

    private String stored(String name) {
        String raw = prefix + name + ".weight_raw";
        String plain = prefix + name + ".weight";
        if (checkpoint.has(raw)) {
            checkpoint.ignore(plain);
            return raw;
        }
        return plain;
    }

    private Value value(String stored, Shape shape, List<Long> expected, List<Long> alsoLegal) {
        Value known = values.get(stored);
        if (known != null) {
            return known;
        }
        Value value = graph.weight(new Constant(stored, shape, checkpoint.floats(stored, expected, alsoLegal)));
        values.put(stored, value);
        return value;
    }
}
