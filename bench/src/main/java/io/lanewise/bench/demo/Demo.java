package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.Lanewise;

/**
 * Runs every kind of layer through the planner, beside naive loops, and prints what came out: on recorded weight files, then
 * at the paper's own size. Exits with 1 if an answer is wrong.
 */
public final class Demo {

    private Demo() {}

    /** Runs the demo; the only argument is the folder of the recordings. */
    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0]), System.out) ? 0 : 1);
    }

    private static boolean run(Path goldens, PrintStream out) {
        long start = System.nanoTime();
        PassLegend legend = new PassLegend();
        out.printf("Lanewise: %s%n", Lanewise.describe());
        out.printf("%nPart one: recorded weight files of every kind of layer, against the published code's float64 "
                + "answers%n(letters of passes are explained at the end)%n%n%s%n", Result.HEADER);
        List<Result> results = new ArrayList<>(new RecordedPart(out, legend).run(goldens));
        out.printf("%nPart two: the paper's own size, seeded weights, question 6–15 of 15 rows valid, video 16–80 of 80"
                + "%n%n%s%n", Result.HEADER);
        results.addAll(new PaperPart(out, legend).run());
        printNotes(out);
        out.printf("%nFused passes: what each does in one sweep%n");
        legend.lines().forEach(out::println);
        return printVerdict(out, results, System.nanoTime() - start);
    }

    private static void printNotes(PrintStream out) {
        out.printf("""

                error    largest difference from float64; allowed is twice that of PyTorch (part two: of the naive \
                loops) in float32, or 2e-6
                naive    plain scalar loops. Part two: timed once on %d samples and scaled to %d; the error is that of \
                the same %d,
                         run as a batch of their own and, where samples do not share masks, inside the batch of %d
                plan     one thread, median of up to %d runs. This is a demo and no benchmark: times are only indicative
                """, PaperPart.NAIVE_SAMPLES, PaperPart.SAMPLES, PaperPart.NAIVE_SAMPLES, PaperPart.SAMPLES,
                PaperPart.TIMING.mostRuns());
    }

    private static boolean printVerdict(PrintStream out, List<Result> results, long nanos) {
        long wrong = results.stream().filter(result -> result.deviation().isWrong()).count();
        out.printf("%n%s, in %.0f s%n", wrong == 0
                ? "All " + results.size() + " answers are right"
                : wrong + " of " + results.size() + " answers are WRONG", nanos / 1e9);
        return wrong == 0;
    }
}
