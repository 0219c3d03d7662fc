package io.lanewise.importers.onnx;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

import io.lanewise.importers.onnx.ElementType.Kind;
import io.lanewise.importers.onnx.Trial.Call;

/** Operators that make each number of the numbers in its place. */
final class Elementwise {

    private Elementwise() {}

    static Sample unary(Sample x, Kind kind, DoubleUnaryOperator function) {
        if (!x.hasValues()) {
            return Sample.opaque(kind, x.shape());
        }
        double[] values = new double[x.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rounded(kind, function.applyAsDouble(x.values()[i]));
        }
        return Sample.of(kind, x.shape(), values);
    }

    /** Whole numbers are cut towards zero, as integer division does; floats are rounded to floats. */
    static double rounded(Kind kind, double value) {
        return kind == Kind.FLOAT ? (float) value : (long) value;
    }

    /** Some operators, such as {@code Max}, take any number of inputs. */
    static Sample fold(Call call, Kind kind, DoubleBinaryOperator function) {
        Sample result = call.in(0);
        for (int i = 1; i < call.inputs(); i++) {
            result = binary(result, call.in(i), kind, function);
        }
        return result;
    }

    private static Sample binary(Sample a, Sample b, Kind kind, DoubleBinaryOperator function) {
        int[] shape = Sample.together(a.shape(), b.shape());
        if (!a.hasValues() || !b.hasValues()) {
            return Sample.opaque(kind, shape);
        }
        double[] values = new double[Sample.fewElements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = rounded(kind, function.applyAsDouble(a.repeated(shape, i), b.repeated(shape, i)));
        }
        return Sample.of(kind, shape, values);
    }

    static Sample[] where(Call call) {
        Sample condition = call.in(0);
        Sample a = call.in(1);
        Sample b = call.in(2);
        int[] shape = Sample.together(condition.shape(), Sample.together(a.shape(), b.shape()));
        if (!condition.hasValues() || !a.hasValues() || !b.hasValues()) {
            return Operators.one(Sample.opaque(a.kind(), shape));
        }
        double[] values = new double[Sample.fewElements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = condition.repeated(shape, i) != 0 ? a.repeated(shape, i) : b.repeated(shape, i);
        }
        return Operators.one(Sample.of(a.kind(), shape, values));
    }

    static Sample[] clip(Call call) {
        Sample x = call.in(0);
        double low = call.has(1) ? call.in(1).only() : Double.NEGATIVE_INFINITY;
        double high = call.has(2) ? call.in(2).only() : Double.POSITIVE_INFINITY;
        return Operators.one(unary(x, x.kind(), value -> Math.min(Math.max(value, low), high)));
    }

    static Sample[] cast(Call call) {
        ElementType type = ElementType.numbered(call.node().integer("to", 0));
        Unknown.unless(type != null);
        return Operators.one(cast(call.in(0), type.kind()));
    }

    static Sample cast(Sample x, Kind kind) {
        return unary(x, kind, kind == Kind.BOOL ? value -> value == 0 ? 0 : 1 : DoubleUnaryOperator.identity());
    }
}
