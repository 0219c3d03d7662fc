package io.lanewise.bench.probe;

import java.util.List;
import java.util.stream.Stream;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads how many float operations a second one core's multiply-add units give, from registers alone: the line at 1 of every
 * utilization figure.
 *
 * <p>Independent chains of {@code acc = x.fma(y, acc)} hide the latency of two units (4 cycles × 2 = 8 chains at least). The
 * other form, {@code acc = acc.fma(x, y)}, reads 25% low: C2 accumulates into the addend and has to copy. How many chains are
 * right depends on the registers:
 *
 * <pre>
 *   12 chains, x and y   14 registers   fits the 16 of AVX2
 *   16 chains, x and y   18 registers   spills there, fits the 32 of AVX-512 and of AArch64
 *   24 chains, x and y   26 registers   fits 32
 * </pre>
 *
 * <p>A probe that reads low flatters everything, so those that may fit are tried and the highest is kept, once per JVM; with
 * 32 registers, fewer than 16 chains are not. Read by {@link #main} on a Zen 3 (AVX2, Temurin 25, a busy machine): 12 chains
 * 99–100 GFLOP/s, 16 chains 95, 24 chains 97–99 (what spills then is off the critical path).
 */
public final class FmaProbe {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int STEPS = 1 << 16;
    private static final int TRIES = 5;
    private static final int WARM_UP_READINGS = 60;
    private static final int FEWEST_CHAINS = has32Registers() ? 16 : 12;

    /** The loops to choose from: how many chains, and the loop. */
    private record Loop(int chains, Body body) {

        double gflops() {
            double best = 0;
            for (int i = 0; i < TRIES; i++) {
                long start = System.nanoTime();
                sink += body.run(STEPS, one, small);
                long nanos = System.nanoTime() - start;
                best = Math.max(best, 2.0 * SPECIES.length() * chains * STEPS / nanos);
            }
            return best;
        }
    }

    private interface Body {
        float run(int steps, float x, float y);
    }

    // Not final, so that no compiler knows what is multiplied; read, so that none can leave the loop out.
    private static float one = 1;
    private static float small = 1e-6f;
    private static volatile float sink;

    private final List<Loop> loops = Stream
            .of(new Loop(12, FmaProbe::chains12), new Loop(16, FmaProbe::chains16), new Loop(24, FmaProbe::chains24))
            .filter(loop -> loop.chains >= FEWEST_CHAINS).toList();
    private final Loop best;

    /** Warms the loops up, which takes a quarter of a second or so, and keeps the one that reads highest. */
    public FmaProbe() {
        double[] highest = new double[loops.size()];
        int best = 0;
        for (int reading = 0; reading < WARM_UP_READINGS; reading++) {
            for (int loop = 0; loop < highest.length; loop++) {
                highest[loop] = Math.max(highest[loop], loops.get(loop).gflops());
                best = highest[loop] > highest[best] ? loop : best;
            }
        }
        this.best = loops.get(best);
    }

    private static boolean has32Registers() {
        return SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch").equals("aarch64");
    }

    /** Returns how many chains are kept in flight. */
    public int chains() {
        return best.chains;
    }

    /** Takes a reading of a few milliseconds, the best of five, in 10⁹ multiplications and additions a second. */
    public double gflops() {
        return best.gflops();
    }

    /** Prints a reading of every loop, a few times. */
    public static void main(String[] arguments) {
        FmaProbe probe = new FmaProbe();
        for (int i = 0; i < TRIES; i++) {
            for (Loop loop : probe.loops) {
                System.out.printf("%d chains %.1f GFLOP/s%s  ", loop.chains, loop.gflops(),
                        loop == probe.best ? " *" : "");
            }
            System.out.println();
        }
    }

    private static float chains12(int steps, float first, float second) {
        FloatVector x = FloatVector.broadcast(SPECIES, first);
        FloatVector y = FloatVector.broadcast(SPECIES, second);
        FloatVector a0 = x.add(0);
        FloatVector a1 = x.add(1);
        FloatVector a2 = x.add(2);
        FloatVector a3 = x.add(3);
        FloatVector a4 = x.add(4);
        FloatVector a5 = x.add(5);
        FloatVector a6 = x.add(6);
        FloatVector a7 = x.add(7);
        FloatVector a8 = x.add(8);
        FloatVector a9 = x.add(9);
        FloatVector a10 = x.add(10);
        FloatVector a11 = x.add(11);
        for (int step = 0; step < steps; step++) {
            a0 = x.fma(y, a0);
            a1 = x.fma(y, a1);
            a2 = x.fma(y, a2);
            a3 = x.fma(y, a3);
            a4 = x.fma(y, a4);
            a5 = x.fma(y, a5);
            a6 = x.fma(y, a6);
            a7 = x.fma(y, a7);
            a8 = x.fma(y, a8);
            a9 = x.fma(y, a9);
            a10 = x.fma(y, a10);
            a11 = x.fma(y, a11);
        }
        a0 = a0.add(a1);
        a0 = a0.add(a2);
        a0 = a0.add(a3);
        a0 = a0.add(a4);
        a0 = a0.add(a5);
        a0 = a0.add(a6);
        a0 = a0.add(a7);
        a0 = a0.add(a8);
        a0 = a0.add(a9);
        a0 = a0.add(a10);
        a0 = a0.add(a11);
        return a0.reduceLanes(VectorOperators.ADD);
    }

    private static float chains16(int steps, float first, float second) {
        FloatVector x = FloatVector.broadcast(SPECIES, first);
        FloatVector y = FloatVector.broadcast(SPECIES, second);
        FloatVector a0 = x.add(0);
        FloatVector a1 = x.add(1);
        FloatVector a2 = x.add(2);
        FloatVector a3 = x.add(3);
        FloatVector a4 = x.add(4);
        FloatVector a5 = x.add(5);
        FloatVector a6 = x.add(6);
        FloatVector a7 = x.add(7);
        FloatVector a8 = x.add(8);
        FloatVector a9 = x.add(9);
        FloatVector a10 = x.add(10);
        FloatVector a11 = x.add(11);
        FloatVector a12 = x.add(12);
        FloatVector a13 = x.add(13);
        FloatVector a14 = x.add(14);
        FloatVector a15 = x.add(15);
        for (int step = 0; step < steps; step++) {
            a0 = x.fma(y, a0);
            a1 = x.fma(y, a1);
            a2 = x.fma(y, a2);
            a3 = x.fma(y, a3);
            a4 = x.fma(y, a4);
            a5 = x.fma(y, a5);
            a6 = x.fma(y, a6);
            a7 = x.fma(y, a7);
            a8 = x.fma(y, a8);
            a9 = x.fma(y, a9);
            a10 = x.fma(y, a10);
            a11 = x.fma(y, a11);
            a12 = x.fma(y, a12);
            a13 = x.fma(y, a13);
            a14 = x.fma(y, a14);
            a15 = x.fma(y, a15);
        }
        a0 = a0.add(a1);
        a0 = a0.add(a2);
        a0 = a0.add(a3);
        a0 = a0.add(a4);
        a0 = a0.add(a5);
        a0 = a0.add(a6);
        a0 = a0.add(a7);
        a0 = a0.add(a8);
        a0 = a0.add(a9);
        a0 = a0.add(a10);
        a0 = a0.add(a11);
        a0 = a0.add(a12);
        a0 = a0.add(a13);
        a0 = a0.add(a14);
        a0 = a0.add(a15);
        return a0.reduceLanes(VectorOperators.ADD);
    }

    private static float chains24(int steps, float first, float second) {
        FloatVector x = FloatVector.broadcast(SPECIES, first);
        FloatVector y = FloatVector.broadcast(SPECIES, second);
        FloatVector a0 = x.add(0);
        FloatVector a1 = x.add(1);
        FloatVector a2 = x.add(2);
        FloatVector a3 = x.add(3);
        FloatVector a4 = x.add(4);
        FloatVector a5 = x.add(5);
        FloatVector a6 = x.add(6);
        FloatVector a7 = x.add(7);
        FloatVector a8 = x.add(8);
        FloatVector a9 = x.add(9);
        FloatVector a10 = x.add(10);
        FloatVector a11 = x.add(11);
        FloatVector a12 = x.add(12);
        FloatVector a13 = x.add(13);
        FloatVector a14 = x.add(14);
        FloatVector a15 = x.add(15);
        FloatVector a16 = x.add(16);
        FloatVector a17 = x.add(17);
        FloatVector a18 = x.add(18);
        FloatVector a19 = x.add(19);
        FloatVector a20 = x.add(20);
        FloatVector a21 = x.add(21);
        FloatVector a22 = x.add(22);
        FloatVector a23 = x.add(23);
        for (int step = 0; step < steps; step++) {
            a0 = x.fma(y, a0);
            a1 = x.fma(y, a1);
            a2 = x.fma(y, a2);
            a3 = x.fma(y, a3);
            a4 = x.fma(y, a4);
            a5 = x.fma(y, a5);
            a6 = x.fma(y, a6);
            a7 = x.fma(y, a7);
            a8 = x.fma(y, a8);
            a9 = x.fma(y, a9);
            a10 = x.fma(y, a10);
            a11 = x.fma(y, a11);
            a12 = x.fma(y, a12);
            a13 = x.fma(y, a13);
            a14 = x.fma(y, a14);
            a15 = x.fma(y, a15);
            a16 = x.fma(y, a16);
            a17 = x.fma(y, a17);
            a18 = x.fma(y, a18);
            a19 = x.fma(y, a19);
            a20 = x.fma(y, a20);
            a21 = x.fma(y, a21);
            a22 = x.fma(y, a22);
            a23 = x.fma(y, a23);
        }
        a0 = a0.add(a1);
        a0 = a0.add(a2);
        a0 = a0.add(a3);
        a0 = a0.add(a4);
        a0 = a0.add(a5);
        a0 = a0.add(a6);
        a0 = a0.add(a7);
        a0 = a0.add(a8);
        a0 = a0.add(a9);
        a0 = a0.add(a10);
        a0 = a0.add(a11);
        a0 = a0.add(a12);
        a0 = a0.add(a13);
        a0 = a0.add(a14);
        a0 = a0.add(a15);
        a0 = a0.add(a16);
        a0 = a0.add(a17);
        a0 = a0.add(a18);
        a0 = a0.add(a19);
        a0 = a0.add(a20);
        a0 = a0.add(a21);
        a0 = a0.add(a22);
        a0 = a0.add(a23);
        return a0.reduceLanes(VectorOperators.ADD);
    }
}
