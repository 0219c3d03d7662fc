package io.lanewise.importers.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;

import io.lanewise.LanewiseException;

/** Takes weights from a graph as PyTorch has them, {@code [out, in]} and as floats, and gives them names. */
final class WeightNames {

    private final OnnxGraph graph;
    private final SequencedMap<String, RecoveredWeight> all = new LinkedHashMap<>();
    private boolean isQuantized;

    WeightNames(OnnxGraph graph) {
        this.graph = graph;
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
        RecoveredWeight table = matrix(match, part + ".weight", match.has(part + ".scale") ? part : null, false);
        all.put(name, table);
    }

    void addLinear(String name, Match match, String part) {
        RecoveredWeight weight = linear(match, part);
        all.put(name + ".weight", weight);
        all.put(name + ".bias", vector(match, part + ".bias", weight.rows()));
    }

    void addVectors(String name, Match match, String part) {
        RecoveredWeight weight = vector(match, part + ".weight", -1);
        all.put(name + ".weight", weight);
        all.put(name + ".bias", vector(match, part + ".bias", weight.rows()));
    }

    RecoveredWeight linear(Match match, String part) {
        String quantized = match.has(part + ".scale") ? part : null;
        return match.has(part + ".weight")
                ? matrix(match, part + ".weight", quantized, false)
                : matrix(match, part + ".transposed", quantized, true);
    }

    /** Returns a norm's epsilon, as short as a float is written: it was a double once. */
    double epsilon(Match match, String norm) {
        OnnxNode fused = graph.maker(match.get(norm));
        float epsilon = match.has(norm + ".epsilon")
                ? (float) graph.constant(match.get(norm + ".epsilon")).scalar()
                : fused.real("epsilon", 1e-5f);
        return Double.parseDouble(Float.toString(epsilon));
    }

    private RecoveredWeight vector(Match match, String name, int size) {
        OnnxTensor tensor = graph.constant(match.get(name));
        boolean fits = tensor.shape().size() == 1 && tensor.type().kind() == ElementType.Kind.FLOAT
                && (size < 0 || tensor.elements() == size);
        require(fits, tensor, size < 0 ? "floats [features]" : "floats [" + size + "]");
        return new RecoveredWeight(tensor.shape(), tensor::floats);
    }

    private RecoveredWeight matrix(Match match, String name, String quantized, boolean isTransposed) {
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
        for (OnnxTensor each : new OnnxTensor[]{scale, zero}) {
            require(each == null || each.isScalar() || isTransposed && each.elements() == columns, each,
                    "one number, or " + columns);
        }
        Dequantized values = new Dequantized(tensor, scale, zero);
        return isTransposed
                ? new RecoveredWeight(List.of((long) columns, (long) rows), () -> transposed(values, rows, columns))
                : new RecoveredWeight(tensor.shape(), () -> plain(values, columns));
    }

    /** A matrix, perhaps of whole numbers: {@code (value − zero) · scale}, the two of a column or of all. */
    private record Dequantized(OnnxTensor tensor, OnnxTensor scale, OnnxTensor zero) {

        double[] perColumn(OnnxTensor numbers, double absent, int columns) {
            double[] values = new double[columns];
            double[] given = numbers == null ? new double[]{absent} : numbers.doubles();
            for (int i = 0; i < columns; i++) {
                values[i] = given.length == 1 ? given[0] : given[i];
            }
            return values;
        }
    }

    private static float[] plain(Dequantized matrix, int columns) {
        if (matrix.scale() == null) {
            return matrix.tensor().floats();
        }
        return filled(matrix, matrix.tensor().elements() / columns, columns, columns, 1);
    }

    private static float[] transposed(Dequantized matrix, int rows, int columns) {
        return filled(matrix, rows, columns, 1, rows);
    }

    private static float[] filled(Dequantized matrix, int rows, int columns, int rowStride, int columnStride) {
        IntToDoubleFunction at = matrix.tensor().opener().get();
        double[] scales = matrix.perColumn(matrix.scale(), 1, columns);
        double[] zeros = matrix.perColumn(matrix.zero(), 0, columns);
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float value = (float) (at.applyAsDouble(row * columns + column) - zeros[column]);
                values[row * rowStride + column * columnStride] = value * (float) scales[column];
            }
        }
        return values;
    }

    private static void require(boolean holds, OnnxTensor tensor, String expected) {
        if (!holds) {
            throw new LanewiseException("a weight must be %s: tensor=%s is %s".formatted(expected,
                    LanewiseException.quote(tensor.name()), tensor.describe()));
        }
    }
}
