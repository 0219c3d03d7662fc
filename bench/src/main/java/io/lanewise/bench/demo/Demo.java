package io.lanewise.bench.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.Lanewise;

/**
 * Runs a real model on real sentences, then every kind of layer through the planner, and prints what came out: on recorded weight
 * files beside the published code's answers, then at the paper's own size beside naive loops. Exits with 1 if an answer is wrong.
 */
public final class Demo {

    private static final String REAL = """
            Part one: a real model. all-MiniLM-L6-v2 as LangChain4j ships it, an ONNX file in a jar, is imported and ranks sentences.
              error, allowed  largest difference from vectors recorded in float64; 2e-6
              naive, plan     Java loops as one would write them first, and what Lanewise does; one thread, more in part three
            """;
    private static final String RECORDED = """
            Part two: is it right? Small layers of every kind, with weights, inputs and the published code's answers from files.
              fused passes    letters that are explained at the end
              error, allowed  largest difference from the recorded answer in float64; twice that of PyTorch in float32, or 2e-6
              lanes, odd      sizes that fill vectors, and sizes that do not
              seeded          not recorded: the answer is that of naive loops in float64
            Such layers take microseconds, too little for a fair comparison: times come in part three.
            """;
    private static final String PAPER = """
            Part three: is it fast? Every kind at the paper's size, seeded weights, %d samples of which question rows 6–15 of 15
            and video rows 16–80 of 80 are valid, one thread.
              error, allowed  of the first %d samples, from naive loops in float64; twice that of naive loops in float32, or 2e-6
              naive           Java loops as one would write them first, padding and all: one sample, times %d; the whole batch
                              where there are no weights. Other engines are much faster than that: README, How fast
              plan            what Lanewise does: padding is skipped, and what need not be computed is not
              factor          naive / plan. Both take turns until neither gets faster; the shortest turn of each counts.
                              None where there is no arithmetic. Figures to rely on come from mvn -q -Pbench
            """
            .formatted(PaperPart.SAMPLES, PaperPart.CHECKED_SAMPLES, PaperPart.SAMPLES);

    private static final String WHOLE = """
            Part four: all of HGA. The published sizes (resnet 2048, c3d 4096, GRUs in both directions, Blocks of 1600), seeded
            weights, one sample of random length, one thread: each stage of the model beside naive loops.
              error, allowed  of the stage, from naive loops in float64; 2e-6 of its largest cell, or ten times that behind a Block's
                              signed roots
            """;

    private Demo() {}

    /** Runs the demo; the only argument is the folder of the recordings. */
    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0]), System.out) ? 0 : 1);
    }

    private static boolean run(Path goldens, PrintStream out) {
        long start = System.nanoTime();
        PassLegend legend = new PassLegend();
        out.printf("Lanewise: %s%n%n%s", Lanewise.describe(), REAL);
        List<Result> results = new ArrayList<>(new RealModelPart(out, legend).run());
        out.printf("%n%s%n%s%n", RECORDED, Result.HEADER);
        results.addAll(new RecordedPart(out, legend).run(goldens));
        out.printf("%n%s%n%s%n", PAPER, TimedResult.HEADER);
        new PaperPart(out, legend).run().stream().map(TimedResult::result).forEach(results::add);
        out.printf("%n%s%n%s%n", WHOLE, Result.HEADER);
        results.addAll(new WholePart(out, legend).run());
        out.printf("%nFused passes: what each does in one sweep%n");
        legend.lines().forEach(out::println);
        return printVerdict(out, results, System.nanoTime() - start);
    }

    private static boolean printVerdict(PrintStream out, List<Result> results, long nanos) {
        long wrong = results.stream().filter(result -> result.deviation().isWrong()).count();
        out.printf("%n%s, in %.0f s%n", wrong == 0
                ? "All " + results.size() + " answers are right"
                : wrong + " of " + results.size() + " answers are WRONG", nanos / 1e9);
        return wrong == 0;
    }
}
