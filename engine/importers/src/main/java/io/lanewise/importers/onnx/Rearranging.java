package io.lanewise.importers.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.lanewise.importers.onnx.ElementType.Kind;
import io.lanewise.importers.onnx.Trial.Call;

/** Operators that take numbers from one place to another, and those that make and read sizes. */
final class Rearranging {

    private Rearranging() {}

    /** Returns for an element of the result, from which element it comes. */
    @FunctionalInterface
    interface Source {
        int of(int[] place);
    }

    static Sample[] made(Sample x, int[] shape, Source source) {
        if (!x.hasValues()) {
            Sample.elements(shape);
            return Operators.one(Sample.opaque(x.kind(), shape));
        }
        double[] values = new double[Sample.fewElements(shape)];
        int[] place = new int[shape.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.values()[Unknown.index(source.of(place), x.values().length)];
            for (int axis = shape.length - 1; axis >= 0 && ++place[axis] == shape[axis]; axis--) {
                place[axis] = 0;
            }
        }
        return Operators.one(Sample.of(x.kind(), shape, values));
    }

    private static Sample[] reshaped(Sample x, int[] shape) {
        Unknown.unless(Sample.elements(shape) == x.elements());
        return Operators.one(new Sample(x.kind(), shape, x.values()));
    }

    // ---------------------------------------------------------------- sizes

    static Sample[] shape(Call call) {
        int[] shape = call.in(0).shape();
        long start = call.node().integer("start", 0);
        long end = call.node().integer("end", shape.length);
        int from = Math.clamp(start < 0 ? start + shape.length : start, 0, shape.length);
        int to = Math.clamp(end < 0 ? end + shape.length : end, from, shape.length);
        double[] sizes = Arrays.stream(shape, from, to).asDoubleStream().toArray();
        return Operators.one(Sample.of(Kind.INT, new int[]{sizes.length}, sizes));
    }

    static Sample[] constantOfShape(Call call) {
        int[] shape = sizes(call.in(0).longs());
        AttributeProto value = call.node().attributes().get("value");
        double[] values = new double[Sample.fewElements(shape)];
        Kind kind = Kind.FLOAT;
        if (value != null) {
            OnnxTensor tensor = OnnxTensor.of("value", value.getT(), new ExternalData(null));
            Unknown.unless(tensor.isScalar());
            kind = tensor.type().kind();
            Arrays.fill(values, tensor.scalar());
        }
        return Operators.one(Sample.of(kind, shape, values));
    }

    static Sample[] range(Call call) {
        double start = call.in(0).only();
        double step = call.in(2).only();
        double count = Math.max(0, Math.ceil((call.in(1).only() - start) / step));
        Unknown.unless(count <= Integer.MAX_VALUE);
        double[] values = new double[Sample.fewElements((int) count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * step;
        }
        return Operators.one(Sample.of(call.in(0).kind(), new int[]{values.length}, values));
    }

    static int[] sizes(long... sizes) {
        return Arrays.stream(sizes).mapToInt(size -> Unknown.index(size, Integer.MAX_VALUE)).toArray();
    }

    static Sample[] reshape(Call call) {
        Sample x = call.in(0);
        long[] asked = call.in(1).longs();
        boolean copiesZeros = call.node().integer("allowzero", 0) == 0;
        long known = 1;
        int open = -1;
        for (int i = 0; i < asked.length; i++) {
            if (asked[i] == 0 && copiesZeros) {
                asked[i] = x.shape()[Unknown.index(i, x.rank())];
            }
            if (asked[i] == -1) {
                Unknown.unless(open < 0);
                open = i;
            } else {
                Unknown.unless(asked[i] >= 0 && asked[i] <= Integer.MAX_VALUE);
                known *= asked[i];
                Unknown.unless(known <= Integer.MAX_VALUE);
            }
        }
        if (open >= 0) {
            Unknown.unless(known > 0);
            asked[open] = x.elements() / known;
        }
        return reshaped(x, sizes(asked));
    }

    static Sample[] flatten(Call call) {
        Sample x = call.in(0);
        long axis = call.node().integer("axis", 1);
        int cut = Unknown.index(axis < 0 ? axis + x.rank() : axis, x.rank() + 1);
        int rows = Sample.elements(Arrays.copyOf(x.shape(), cut));
        return reshaped(x, new int[]{rows, rows == 0 ? 0 : x.elements() / rows});
    }

    static Sample[] squeeze(Call call) {
        Sample x = call.in(0);
        long[] axes = call.numbers("axes", 1);
        boolean[] gone = new boolean[x.rank()];
        for (int axis = 0; axis < x.rank(); axis++) {
            gone[axis] = axes == null && x.shape()[axis] == 1;
        }
        for (long axis : axes == null ? new long[0] : axes) {
            Unknown.unless(x.shape()[x.axis(axis)] == 1);
            gone[x.axis(axis)] = true;
        }
        return reshaped(x,
                IntStream.range(0, x.rank()).filter(axis -> !gone[axis]).map(axis -> x.shape()[axis]).toArray());
    }

    static Sample[] unsqueeze(Call call) {
        Sample x = call.in(0);
        long[] axes = call.numbers("axes", 1);
        Unknown.unless(axes != null && axes.length <= 8);
        int[] shape = new int[x.rank() + axes.length];
        Arrays.fill(shape, -1);
        for (long axis : axes) {
            int index = Unknown.index(axis < 0 ? axis + shape.length : axis, shape.length);
            Unknown.unless(shape[index] == -1);
            shape[index] = 1;
        }
        int next = 0;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = shape[i] == 1 ? 1 : x.shape()[next++];
        }
        return reshaped(x, shape);
    }

    // ---------------------------------------------------------------- places

    static Sample[] transpose(Call call) {
        Sample x = call.in(0);
        int[] order = call.node().integers("perm") == null
                ? IntStream.range(0, x.rank()).map(axis -> x.rank() - 1 - axis).toArray()
                : call.node().integers("perm").stream().mapToInt(x::axis).toArray();
        Unknown.unless(order.length == x.rank() && Arrays.stream(order).distinct().count() == order.length);
        int[] strides = Sample.strides(x.shape());
        int[] shape = Arrays.stream(order).map(axis -> x.shape()[axis]).toArray();
        return made(x, shape, place -> IntStream.range(0, order.length).map(i -> place[i] * strides[order[i]]).sum());
    }

    static Sample[] expand(Call call) {
        Sample x = call.in(0);
        int[] shape = Sample.together(x.shape(), sizes(call.in(1).longs()));
        int[] strides = Sample.strides(x.shape());
        int ahead = shape.length - x.rank();
        return made(x, shape, place -> {
            int from = 0;
            for (int axis = 0; axis < x.rank(); axis++) {
                from += x.shape()[axis] == 1 ? 0 : place[ahead + axis] * strides[axis];
            }
            return from;
        });
    }

    static Sample[] concat(Call call) {
        Sample first = call.in(0);
        int axis = first.axis(call.node().integer("axis", 0));
        int[] shape = first.shape().clone();
        boolean hasValues = first.hasValues();
        for (int i = 1; i < call.inputs(); i++) {
            Unknown.unless(call.in(i).rank() == shape.length);
            shape[axis] = Math.addExact(shape[axis], call.in(i).shape()[axis]);
            hasValues &= call.in(i).hasValues();
        }
        if (!hasValues) {
            return Operators.one(Sample.opaque(first.kind(), shape));
        }
        double[] values = new double[Sample.fewElements(shape)];
        int block = Sample.strides(shape)[axis];
        int start = 0;
        for (int i = 0; i < call.inputs(); i++) {
            Sample part = call.in(i);
            int width = part.shape()[axis] * block;
            Unknown.unless(width == 0 || part.elements() / width * (shape[axis] * block) == values.length);
            for (int row = 0; width > 0 && row < part.elements() / width; row++) {
                System.arraycopy(part.values(), row * width, values, row * shape[axis] * block + start, width);
            }
            start += width;
        }
        return Operators.one(Sample.of(first.kind(), shape, values));
    }

    static Sample[] slice(Call call) {
        Sample x = call.in(0);
        long[] starts = call.in(1).longs();
        long[] ends = call.in(2).longs();
        long[] axes = call.has(3) ? call.in(3).longs() : IntStream.range(0, starts.length).asLongStream().toArray();
        Unknown.unless(starts.length == ends.length && starts.length == axes.length);
        long[] steps = call.has(4) ? call.in(4).longs() : LongStream.generate(() -> 1).limit(axes.length).toArray();
        Unknown.unless(steps.length == axes.length);
        int[] from = new int[x.rank()];
        int[] every = IntStream.generate(() -> 1).limit(x.rank()).toArray();
        int[] shape = x.shape().clone();
        for (int i = 0; i < axes.length; i++) {
            int axis = x.axis(axes[i]);
            int size = x.shape()[axis];
            every[axis] = Unknown.index(steps[i] - 1, Integer.MAX_VALUE) + 1;
            from[axis] = Math.clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size);
            int end = Math.clamp(ends[i] < 0 ? ends[i] + size : ends[i], from[axis], size);
            shape[axis] = Math.ceilDiv(end - from[axis], every[axis]);
        }
        int[] strides = Sample.strides(x.shape());
        return made(x, shape, place -> IntStream.range(0, place.length)
                .map(axis -> (from[axis] + place[axis] * every[axis]) * strides[axis]).sum());
    }

    static Sample[] gather(Call call) {
        Sample x = call.in(0);
        Sample indices = call.in(1);
        int axis = x.axis(call.node().integer("axis", 0));
        int size = x.shape()[axis];
        int[] strides = Sample.strides(x.shape());
        int[] indexStrides = Sample.strides(indices.shape());
        int[] shape = IntStream.concat(IntStream.concat(Arrays.stream(x.shape(), 0, axis),
                Arrays.stream(indices.shape())), Arrays.stream(x.shape(), axis + 1, x.rank())).toArray();
        if (!indices.hasValues()) {
            return Operators.one(Sample.opaque(x.kind(), shape));
        }
        return made(x, shape, place -> {
            int index = 0;
            for (int i = 0; i < indices.rank(); i++) {
                index += place[axis + i] * indexStrides[i];
            }
            double picked = indices.values()[index];
            int from = Unknown.index((long) (picked < 0 ? picked + size : picked), size) * strides[axis];
            for (int i = 0; i < x.rank(); i++) {
                from += i < axis ? place[i] * strides[i] : i > axis ? place[i + indices.rank() - 1] * strides[i] : 0;
            }
            return from;
        });
    }

    static Sample[] cumSum(Call call) {
        Sample x = call.in(0);
        Unknown.unless(x.hasValues() && call.node().integer("exclusive", 0) == 0
                && call.node().integer("reverse", 0) == 0);
        int axis = x.axis((long) call.in(1).only());
        int stride = Sample.strides(x.shape())[axis];
        double[] values = x.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += i / stride % x.shape()[axis] > 0 ? values[i - stride] : 0;
        }
        return Operators.one(Sample.of(x.kind(), x.shape(), values));
    }

    static Sample[] trilu(Call call) {
        Sample x = call.in(0);
        Unknown.unless(x.hasValues() && x.rank() >= 2);
        long diagonal = call.has(1) ? (long) call.in(1).only() : 0;
        boolean isUpper = call.node().integer("upper", 1) != 0;
        int columns = x.shape()[x.rank() - 1];
        int rows = x.shape()[x.rank() - 2];
        double[] values = x.values().clone();
        for (int i = 0; i < values.length; i++) {
            long above = i % columns - (long) (i / columns % rows) - diagonal;
            values[i] = (isUpper ? above >= 0 : above <= 0) ? values[i] : 0;
        }
        return Operators.one(Sample.of(x.kind(), x.shape(), values));
    }
}
