package io.lanewise.bench.soak;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The straight line through samples of memory that were taken at equal distances, by least squares, and how far they lie from
 * it. Immutable if nobody writes to the array.
 */
record MemoryTrend(double... bytes) {

    /**
     * What a process may grow by and still count as flat, however little its samples scatter: the JVM goes on compiling, and
     * over half an hour of runs this is less than a byte each.
     */
    private static final double JVM_BYTES = 1 << 20;

    /** Returns how much the line rises from one sample to the next. */
    double slope() {
        double middle = (bytes.length - 1) / 2.0;
        double mean = mean();
        double rise = 0;
        double run = 0;
        for (int i = 0; i < bytes.length; i++) {
            rise += (i - middle) * (bytes[i] - mean);
            run += (i - middle) * (i - middle);
        }
        return run == 0 ? 0 : rise / run;
    }

    double mean() {
        return Arrays.stream(bytes).average().orElseThrow();
    }

    /** Returns how much the line rises from the first sample to the last. */
    double growth() {
        return slope() * (bytes.length - 1);
    }

    /** Returns the distance of the highest sample above the line from the lowest below it. */
    double noise() {
        double slope = slope();
        double[] distances = IntStream.range(0, bytes.length).mapToDouble(i -> bytes[i] - slope * i).toArray();
        return Arrays.stream(distances).max().orElseThrow() - Arrays.stream(distances).min().orElseThrow();
    }

    /** Says whether the line rises or falls by no more than the samples scatter about it. */
    boolean isFlat() {
        return Math.abs(growth()) <= Math.max(noise(), JVM_BYTES);
    }
}
