package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.Timing;

/** Part one: real weight files of every kind of layer, the answers compared with those of the published code. */
final class RecordedPart {

    private static final LayerSizes LANES = new LayerSizes(48, 4, 96, 2, 7, 12);
    private static final LayerSizes ODD = new LayerSizes(20, 2, 28, 2, 5, 9);
    private static final Duration WARM_UP_LEAST = Duration.ofSeconds(2);
    private static final Duration WARM_UP_MOST = Duration.ofSeconds(10);
    private static final int ROUNDS_TO_SETTLE = 20;
    private static final Timing TIMING = new Timing(Duration.ofMillis(10), Duration.ofMillis(30), 1001);

    private final PrintStream out;
    private final PassLegend legend;

    RecordedPart(PrintStream out, PassLegend legend) {
        this.out = out;
        this.legend = legend;
    }

    /** Runs every case and prints a line for each. */
    List<Result> run(Path goldens) {
        List<Duel> duels = new ArrayList<>();
        RecordedCase.openAll(goldens.resolve("lanes"), 3, LANES).forEach(layer -> duels.add(new Duel(layer)));
        RecordedCase.openAll(goldens.resolve("odd"), 2, ODD).forEach(layer -> duels.add(new Duel(layer)));
        List<Result> results = new ArrayList<>();
        try (Terminal terminal = new Terminal(out, "recorded layers", duels.size())) {
            terminal.start("warming up");
            warmUp(duels);
            for (Duel duel : duels) {
                terminal.start(duel.name());
                results.add(duel.result(TIMING, legend));
                terminal.print(results.getLast().line());
                terminal.step();
            }
        } finally {
            duels.forEach(Duel::close);
        }
        return results;
    }

    /** Runs all cases round after round until rounds no longer get faster: compiling a kernel takes about a second. */
    private static void warmUp(List<Duel> duels) {
        long start = System.nanoTime();
        long best = Long.MAX_VALUE;
        long now = start;
        int sinceBest = 0;
        while (now - start < WARM_UP_LEAST.toNanos()
                || sinceBest < ROUNDS_TO_SETTLE && now - start < WARM_UP_MOST.toNanos()) {
            duels.forEach(Duel::runNaive);
            duels.forEach(Duel::runPlan);
            long round = System.nanoTime() - now;
            now += round;
            sinceBest = round < 0.95 * best ? 0 : sinceBest + 1;
            best = Math.min(best, round);
        }
    }
}
