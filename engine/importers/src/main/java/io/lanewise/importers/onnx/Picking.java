package io.lanewise.importers.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.lanewise.importers.onnx.Trial.Call;

/** Operators that pick numbers by their places, repeat them, or part them. */
final class Picking {

    private Picking() {}

    static Sample[] gatherElements(Call call) {
        Sample x = call.in(0);
        Sample indices = call.in(1);
        int axis = x.axis(call.node().integer("axis", 0));
        Unknown.unless(indices.hasValues() && indices.rank() == x.rank());
        int[] strides = Sample.strides(x.shape());
        int[] indexStrides = Sample.strides(indices.shape());
        return Rearranging.made(x, indices.shape(), place -> {
            int from = index(indices.values()[inner(place, indexStrides)], x.shape()[axis]) * strides[axis];
            for (int i = 0; i < place.length; i++) {
                from += i == axis ? 0 : Unknown.index(place[i], x.shape()[i]) * strides[i];
            }
            return from;
        });
    }

    static Sample[] gatherNd(Call call) {
        Sample x = call.in(0);
        Sample indices = call.in(1);
        Unknown.unless(indices.hasValues() && indices.rank() > 0 && call.node().integer("batch_dims", 0) == 0);
        int lead = indices.rank() - 1;
        int picked = indices.shape()[lead];
        Unknown.unless(picked <= x.rank());
        int[] shape = IntStream.concat(Arrays.stream(indices.shape(), 0, lead),
                Arrays.stream(x.shape(), picked, x.rank())).toArray();
        int[] strides = Sample.strides(x.shape());
        int[] indexStrides = Sample.strides(indices.shape());
        return Rearranging.made(x, shape, place -> {
            int at = IntStream.range(0, lead).map(i -> place[i] * indexStrides[i]).sum();
            int from = 0;
            for (int i = 0; i < x.rank(); i++) {
                from += strides[i] * (i < picked
                        ? index(indices.values()[at + i], x.shape()[i])
                        : place[lead + i - picked]);
            }
            return from;
        });
    }

    private static int index(double picked, int size) {
        return Unknown.index((long) (picked < 0 ? picked + size : picked), size);
    }

    private static int inner(int[] place, int[] strides) {
        return IntStream.range(0, place.length).map(i -> place[i] * strides[i]).sum();
    }

    static Sample[] tile(Call call) {
        Sample x = call.in(0);
        int[] times = Rearranging.sizes(call.in(1).longs());
        Unknown.unless(times.length == x.rank());
        int[] shape = IntStream.range(0, times.length).map(i -> Math.multiplyExact(x.shape()[i], times[i])).toArray();
        int[] strides = Sample.strides(x.shape());
        return Rearranging.made(x, shape,
                place -> IntStream.range(0, place.length).map(i -> place[i] % x.shape()[i] * strides[i]).sum());
    }

    static Sample[] split(Call call) {
        Sample x = call.in(0);
        int axis = x.axis(call.node().integer("axis", 0));
        int count = call.node().outputs().size();
        long[] given = call.numbers("split", 1);
        int[] widths = given == null ? equalParts(x.shape()[axis], count) : Rearranging.sizes(given);
        Unknown.unless(widths.length == count && Arrays.stream(widths).asLongStream().sum() == x.shape()[axis]);
        int[] strides = Sample.strides(x.shape());
        Sample[] parts = new Sample[count];
        int start = 0;
        for (int i = 0; i < count; i++) {
            int[] shape = x.shape().clone();
            shape[axis] = widths[i];
            int from = start * strides[axis];
            parts[i] = Rearranging.made(x, shape, place -> from + inner(place, strides))[0];
            start += widths[i];
        }
        return parts;
    }

    private static int[] equalParts(int size, int count) {
        int width = Math.ceilDiv(size, count);
        return IntStream.range(0, count).map(i -> Math.max(0, Math.min(width, size - i * width))).toArray();
    }
}
