package io.lanewise.bench.probe;

import java.util.List;
import java.util.stream.Stream;

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
                best = Math.max(best, 2.0 * FmaChains.SPECIES.length() * chains * STEPS / nanos);
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
            .of(new Loop(12, FmaChains::chains12), new Loop(16, FmaChains::chains16), new Loop(24, FmaChains::chains24))
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
        return FmaChains.SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch").equals("aarch64");
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
}
