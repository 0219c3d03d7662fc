package io.lanewise.importers.onnx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;

import io.lanewise.LanewiseException;

/** Takes weights from a graph as PyTorch has them, {@code [out, in]} and as floats, and gives them names. */
final class WeightNames {

    /** What numbers of 16 bits have as 0. */
    private static final double LEAST_EPSILON = 1e-12;

    private final OnnxGraph graph;
    private final Trials trials;
    private final SequencedMap<String, RecoveredWeight> all = new LinkedHashMap<>();
    private boolean isQuantized;

    WeightNames(OnnxGraph graph, Trials trials) {
        this.graph = graph;
        this.trials = trials;
    }

    SequencedMap<String, RecoveredWeight> all() {
        return all;
    }

    boolean isQuantized() {
        return isQuantized;
    }

    RecoveredWeight find(String name) {
        return all.get(name);
    }

    void addTable(String name, Match match, String part) {
        all.put(name, table(match, part));
    }

    RecoveredWeight table(Match match, String part) {
        return matrix(match, part + ".weight", match.has(part + ".scale") ? part : null, Layout.TABLE);
    }

    /** Adds a table of buckets, found in one that has a row for each distance, that of 0 in the middle. */
    void addBuckets(String name, Match match, String part) {
        RecoveredWeight distances = table(match, part);
        all.put(name, new RecoveredWeight(List.of((long) Trials.BUCKETS, (long) distances.columns()),
                () -> buckets(distances)));
        boolean areShared = Arrays.equals(distances.floats().get(), distances(all.get(name), distances.rows()));
        require(areShared, graph.constant(match.get(part + ".weight")), "the same for distances of one bucket");
    }

    private static float[] buckets(RecoveredWeight distances) {
        int columns = distances.columns();
        float[] values = distances.floats().get();
        float[] buckets = new float[Trials.BUCKETS * columns]; // no distance is in that of 0 behind a query
        for (int row = 0; row < distances.rows(); row++) {
            int bucket = Trials.bucket(row - distances.rows() / 2);
            System.arraycopy(values, row * columns, buckets, bucket * columns, columns);
        }
        return buckets;
    }

    private static float[] distances(RecoveredWeight buckets, int rows) {
        int columns = buckets.columns();
        float[] values = buckets.floats().get();
        float[] distances = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            int bucket = Trials.bucket(row - rows / 2);
            System.arraycopy(values, bucket * columns, distances, row * columns, columns);
        }
        return distances;
    }

    /** Adds a table that has one row. */
    void addRow(String name, Match match, String part) {
        OnnxTensor tensor = graph.constant(match.get(part + ".weight"));
        boolean isRow = tensor.type().kind() == ElementType.Kind.FLOAT && !tensor.shape().isEmpty()
                && tensor.shape().getLast() == tensor.elements();
        require(isRow, tensor, "a row of floats");
        all.put(name, new RecoveredWeight(List.of(1L, (long) tensor.elements()), tensor::floats));
    }

    void addLinear(String name, Match match, String part) {
        RecoveredWeight weight = linear(match, part);
        all.put(name + ".weight", weight);
        all.put(name + ".bias", vector(match, part + ".bias", weight.rows()));
    }

    /** Adds the layer that makes words of features: its weight is left out where it is the table of words itself. */
    void addDecoder(String name, String bias, Match match, String part, String table) {
        RecoveredWeight weight = linear(match, part);
        boolean isTied = weight.shape().equals(all.get(table).shape())
                && Arrays.equals(weight.floats().get(), all.get(table).floats().get());
        if (!isTied) {
            all.put(name + ".weight", weight);
        }
        all.put(bias, vector(match, part + ".bias", weight.rows()));
    }

    void addVectors(String name, Match match, String part) {
        RecoveredWeight weight = vector(match, part + ".weight", -1);
        all.put(name + ".weight", weight);
        all.put(name + ".bias", vector(match, part + ".bias", weight.rows()));
    }

    RecoveredWeight linear(Match match, String part) {
        String quantized = match.has(part + ".scale") ? part : null;
        return match.has(part + ".weight")
                ? matrix(match, part + ".weight", quantized, Layout.WEIGHT)
                : matrix(match, part + ".transposed", quantized, Layout.TRANSPOSED);
    }

    /** Returns a norm's epsilon, as short as a float is written: it was a double once. */
    double epsilon(Match match, String norm) {
        OnnxNode fused = graph.maker(match.get(norm));
        float epsilon = match.has(norm + ".epsilon")
                ? (float) trials.number(match.get(norm + ".epsilon"))
                : fused.real("epsilon", 1e-5f);
        return epsilon == 0 && graph.isHalf() ? LEAST_EPSILON : Double.parseDouble(Float.toString(epsilon));
    }

    private RecoveredWeight vector(Match match, String name, int size) {
        OnnxTensor tensor = graph.constant(match.get(name));
        boolean fits = tensor.shape().size() == 1 && tensor.type().kind() == ElementType.Kind.FLOAT
                && (size < 0 || tensor.elements() == size);
        require(fits, tensor, size < 0 ? "floats [features]" : "floats [" + size + "]");
        return new RecoveredWeight(tensor.shape(), tensor::floats);
    }

    /** How a matrix is laid out; whole numbers may have a scale for each row of a weight as PyTorch has it. */
    private enum Layout {
        TABLE, WEIGHT, TRANSPOSED
    }

    private RecoveredWeight matrix(Match match, String name, String quantized, Layout layout) {
        boolean isTransposed = layout == Layout.TRANSPOSED;
        OnnxTensor tensor = graph.constant(match.get(name));
        require(tensor.shape().size() == 2 && tensor.elements() > 0, tensor, "a matrix");
        int rows = tensor.shape().get(0).intValue();
        int columns = tensor.shape().get(1).intValue();
        OnnxTensor scale = quantized == null ? null : graph.constant(match.get(quantized + ".scale"));
        OnnxTensor zero = quantized == null || !match.has(quantized + ".zero")
                ? null
                : graph.constant(match.get(quantized + ".zero"));
        isQuantized |= scale != null;
        require((tensor.type().kind() == ElementType.Kind.FLOAT) == (scale == null), tensor,
                scale == null ? "floats" : "whole numbers");
        int outputs = isTransposed ? columns : rows;
        for (OnnxTensor each : new OnnxTensor[]{scale, zero}) {
            require(each == null || each.isScalar() || layout != Layout.TABLE && each.elements() == outputs, each,
                    "one number, or " + outputs);
        }
        Dequantized values = new Dequantized(tensor, scale, zero);
        return isTransposed
                ? new RecoveredWeight(List.of((long) columns, (long) rows),
                        () -> values.filled(columns, rows, 1, columns))
                : new RecoveredWeight(tensor.shape(), () -> values.filled(rows, columns, columns, 1));
    }

    /** A matrix, perhaps of whole numbers: {@code (value − zero) · scale}, the two of an output or of all. */
    private record Dequantized(OnnxTensor tensor, OnnxTensor scale, OnnxTensor zero) {

        /** Returns the rows of outputs, where the tensor has them so far apart. */
        float[] filled(int outputs, int inputs, int outputStride, int inputStride) {
            IntToDoubleFunction at = tensor.opener().get();
            double[] scales = scale == null ? null : perOutput(scale, outputs);
            double[] zeros = zero == null ? new double[outputs] : perOutput(zero, outputs);
            float[] values = new float[outputs * inputs];
            for (int output = 0; output < outputs; output++) {
                for (int input = 0; input < inputs; input++) {
                    double stored = at.applyAsDouble(output * outputStride + input * inputStride);
                    values[output * inputs + input] = scales == null
                            ? (float) stored
                            : (float) (stored - zeros[output]) * (float) scales[output];
                }
            }
            return values;
        }

        private static double[] perOutput(OnnxTensor numbers, int outputs) {
            double[] given = numbers.doubles();
            double[] values = new double[outputs];
            for (int i = 0; i < outputs; i++) {
                values[i] = given.length == 1 ? given[0] : given[i];
            }
            return values;
        }
    }

    private static void require(boolean holds, OnnxTensor tensor, String expected) {
        if (!holds) {
            throw new LanewiseException("a weight must be %s: tensor=%s is %s".formatted(expected,
                    LanewiseException.quote(tensor.name()), tensor.describe()));
        }
    }
}
