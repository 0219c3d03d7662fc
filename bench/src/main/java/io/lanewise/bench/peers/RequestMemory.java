package io.lanewise.bench.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

import io.lanewise.bench.PaddedInput;

/** Puts inputs where all engines read them without a copy: off the heap, in native byte order. */
public final class RequestMemory {

    private RequestMemory() {}

    /** Copies the values, {@code [samples, rows, features]}. */
    public static FloatBuffer values(PaddedInput input) {
        return floats(input.values().length).put(input.values()).flip();
    }

    /** Copies ids, {@code [samples, rows]}. */
    public static LongBuffer ids(PaddedInput input) {
        LongBuffer ids = longs(input.values().length);
        for (int word : input.words()) {
            ids.put(word);
        }
        return ids.flip();
    }

    /** Allocates floats, all 0. */
    public static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Allocates whole numbers, all 0. */
    public static LongBuffer longs(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Long.BYTES)).order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    /** Marks the rows that are padding with 1, {@code [samples, rows]}. */
    public static ByteBuffer padding(PaddedInput input) {
        ByteBuffer marks = ByteBuffer.allocateDirect(samples(input) * input.rows());
        for (int length : input.lengths()) {
            for (int row = 0; row < input.rows(); row++) {
                marks.put((byte) (row < length ? 0 : 1));
            }
        }
        return marks.flip();
    }

    /** Returns the shape of the values, {@code [samples, rows, features]}, or of ids, {@code [samples, rows]}. */
    public static long[] shape(PaddedInput input) {
        return input.ids()
                ? new long[]{samples(input), input.rows()}
                : new long[]{samples(input), input.rows(), input.features()};
    }

    private static int samples(PaddedInput input) {
        return input.values().length / (input.rows() * input.features());
    }
}
