package io.lanewise.importers.onnx;

import java.util.Arrays;

import io.lanewise.importers.onnx.ElementType.Kind;

/**
 * What is known of a value when a graph is tried with a few tokens: its shape, and its numbers if they depend on no weight.
 *
 * @param values row-major; null where they depend on weights
 */
record Sample(Kind kind, int[] shape, double[] values) {

    private static final int MOST_RANK = 16;
    private static final int MOST_SIZES = 64;

    /** Larger ones are not tried: what is done to tokens, masks and sizes is small. */
    private static final int MOST_ELEMENTS = 1 << 18;

    /** Checks the rank. */
    Sample {
        Unknown.unless(shape.length <= MOST_RANK);
    }

    static Sample of(Kind kind, int[] shape, double[] values) {
        return new Sample(kind, shape, values);
    }

    static Sample scalar(Kind kind, double value) {
        return new Sample(kind, new int[0], new double[]{value});
    }

    static Sample opaque(Kind kind, int... shape) {
        return new Sample(kind, shape, null);
    }

    boolean hasValues() {
        return values != null;
    }

    int rank() {
        return shape.length;
    }

    /** Returns the axis, counted from the front. */
    int axis(long axis) {
        return Unknown.index(axis < 0 ? axis + rank() : axis, rank());
    }

    int elements() {
        return elements(shape);
    }

    /** Counts the elements of a shape that is small enough. */
    static int elements(int... shape) {
        long elements = 1;
        for (int size : shape) {
            Unknown.unless(size >= 0);
            elements *= size;
            Unknown.unless(elements <= Integer.MAX_VALUE);
        }
        return (int) elements;
    }

    /** Counts the elements of a shape whose numbers are to be made. */
    static int fewElements(int... shape) {
        int elements = elements(shape);
        Unknown.unless(elements <= MOST_ELEMENTS);
        return elements;
    }

    /** Returns the only number. */
    double only() {
        Unknown.unless(hasValues() && values.length == 1);
        return values[0];
    }

    /** Returns a few whole numbers, such as a shape. */
    long[] longs() {
        Unknown.unless(hasValues() && values.length <= MOST_SIZES);
        return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
    }

    /** Returns how far apart neighbours along each axis are. */
    static int[] strides(int... shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** Returns the shape that two have together. */
    static int[] together(int[] first, int[] second) {
        int[] shape = new int[Math.max(first.length, second.length)];
        for (int i = 1; i <= shape.length; i++) {
            int a = i <= first.length ? first[first.length - i] : 1;
            int b = i <= second.length ? second[second.length - i] : 1;
            Unknown.unless(a == b || a == 1 || b == 1);
            shape[shape.length - i] = a == 1 ? b : a;
        }
        return shape;
    }

    /** Returns the number at an element of a larger shape to which this one is repeated. */
    double repeated(int[] larger, int element) {
        int rest = element;
        int index = 0;
        int stride = 1;
        for (int i = 1; i <= larger.length; i++) {
            int place = rest % larger[larger.length - i];
            rest /= larger[larger.length - i];
            if (i <= rank()) {
                int size = shape[rank() - i];
                index += (size == 1 ? 0 : place) * stride;
                stride *= size;
            }
        }
        return values[index];
    }
}
