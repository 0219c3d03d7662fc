package io.lanewise.bench.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import io.lanewise.bench.result.Measurement;

/**
 * Reads how many bytes a second one core reads and copies, from each level of cache: the limit of what computes little with
 * each byte, a matrix product of one row or a norm. Copied bytes count twice, once read and once written.
 */
public final class BandwidthProbe {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STREAMS = 8; // independent sums, so that no addition waits for the one before
    private static final int STEP = STREAMS * LANES;
    private static final int READINGS = 5;
    private static final long BYTES_A_READING = 256L << 20;

    private static volatile float sink;

    private interface Sweep {
        void over(float[] from, float[] to, int floats);
    }

    private BandwidthProbe() {}

    /** Takes the best reading of each level of cache and of memory, both ways; about a second. */
    public static List<Measurement> measure(int fork) {
        List<Measurement> measurements = new ArrayList<>();
        for (CacheLevel level : CacheLevel.ofThisMachine()) {
            measurements.addAll(rows("read", level, fork, level.workingSetBytes(), 1, BandwidthProbe::read));
            measurements.addAll(rows("copy", level, fork, level.workingSetBytes() / 2, 2, BandwidthProbe::copy));
        }
        return measurements;
    }

    private static List<Measurement> rows(String name, CacheLevel level, int fork, long bytes, int traffic,
            Sweep sweep) {
        int floats = Math.toIntExact(bytes / Float.BYTES / STEP * STEP);
        float[] from = new float[floats];
        float[] to = new float[floats];
        Map<String, String> params = Map.of("level", level.name(), "bytes", Long.toString(level.workingSetBytes()));
        List<Measurement> rows = new ArrayList<>();
        gigabytesPerSecond(sweep, from, to);
        for (int reading = 0; reading < READINGS; reading++) {
            rows.add(new Measurement("probe", name, params, Measurement.PROBE, fork, reading, "GB/s",
                    traffic * gigabytesPerSecond(sweep, from, to)));
        }
        return rows;
    }

    private static double gigabytesPerSecond(Sweep sweep, float[] from, float[] to) {
        long bytes = (long) from.length * Float.BYTES;
        long sweeps = Math.max(1, BYTES_A_READING / bytes);
        long start = System.nanoTime();
        for (long i = 0; i < sweeps; i++) {
            sweep.over(from, to, from.length);
        }
        return (double) sweeps * bytes / (System.nanoTime() - start);
    }

    private static void read(float[] from, float[] unused, int floats) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        for (int i = 0; i < floats; i += STEP) {
            a = a.add(FloatVector.fromArray(SPECIES, from, i));
            b = b.add(FloatVector.fromArray(SPECIES, from, i + LANES));
            c = c.add(FloatVector.fromArray(SPECIES, from, i + 2 * LANES));
            d = d.add(FloatVector.fromArray(SPECIES, from, i + 3 * LANES));
            e = e.add(FloatVector.fromArray(SPECIES, from, i + 4 * LANES));
            f = f.add(FloatVector.fromArray(SPECIES, from, i + 5 * LANES));
            g = g.add(FloatVector.fromArray(SPECIES, from, i + 6 * LANES));
            h = h.add(FloatVector.fromArray(SPECIES, from, i + 7 * LANES));
        }
        sink = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).reduceLanes(VectorOperators.ADD);
    }

    private static void copy(float[] from, float[] to, int floats) {
        for (int i = 0; i < floats; i += LANES) {
            FloatVector.fromArray(SPECIES, from, i).intoArray(to, i);
        }
    }
}
