package io.lanewise.importers.onnx;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

import io.lanewise.importers.onnx.ElementType.Kind;
import io.lanewise.importers.onnx.Trial.Call;

/** Operators that make one number of all along some axes. */
final class Reducing {

    private Reducing() {}

    static Sample[] opaque(Call call) {
        Sample x = call.in(0);
        return Operators.one(Sample.opaque(x.kind(), shape(x, axes(call, x), isKept(call))));
    }

    static Sample[] reduce(Call call, double start, DoubleBinaryOperator function, boolean isMean) {
        Sample x = call.in(0);
        boolean[] axes = axes(call, x);
        if (!x.hasValues()) {
            return opaque(call);
        }
        int[] kept = shape(x, axes, true);
        double[] values = new double[Sample.fewElements(kept)];
        Arrays.fill(values, start);
        int[] from = Sample.strides(x.shape());
        int[] to = Sample.strides(kept);
        for (int i = 0; i < x.values().length; i++) {
            int target = 0;
            for (int axis = 0; axis < x.rank(); axis++) {
                target += axes[axis] ? 0 : i / from[axis] % x.shape()[axis] * to[axis];
            }
            values[target] = function.applyAsDouble(values[target], x.values()[i]);
        }
        double share = isMean && values.length > 0 ? (double) x.values().length / values.length : 1;
        Kind kind = x.kind();
        for (int i = 0; i < values.length; i++) {
            values[i] = Elementwise.rounded(kind, values[i] / share);
        }
        return Operators.one(Sample.of(kind, shape(x, axes, isKept(call)), values));
    }

    private static boolean isKept(Call call) {
        return call.node().integer("keepdims", 1) != 0;
    }

    private static boolean[] axes(Call call, Sample x) {
        long[] given = call.numbers("axes", 1);
        boolean[] axes = new boolean[x.rank()];
        if (given == null || given.length == 0) {
            Unknown.unless(call.node().integer("noop_with_empty_axes", 0) == 0);
            Arrays.fill(axes, true);
            return axes;
        }
        for (long axis : given) {
            axes[x.axis(axis)] = true;
        }
        return axes;
    }

    private static int[] shape(Sample x, boolean[] axes, boolean isKept) {
        int[] shape = new int[x.rank()];
        int rank = 0;
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes[axis] || isKept) {
                shape[rank++] = axes[axis] ? 1 : x.shape()[axis];
            }
        }
        return Arrays.copyOf(shape, rank);
    }
}
