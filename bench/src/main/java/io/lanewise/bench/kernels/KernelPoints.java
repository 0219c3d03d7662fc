package io.lanewise.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.lanewise.bench.rounds.Point;

/** The sizes at which kernels are timed. */
public final class KernelPoints {

    private static final int[] ROWS = {1, 2, 3, 4, 6, 8, 12, 15, 16, 24, 32, 48, 64, 80, 96, 128};
    private static final int HIDDEN = 512;
    private static final int HEAD = 64;
    private static final int FEED_FORWARD = 2048;
    private static final int BATCH_ROWS = 1920; // 128 questions of 15 words
    private static final int QUESTION = 15;
    private static final int VIDEO = 80;

    private KernelPoints() {}

    /** Returns a point for every kernel and size. */
    public static List<Point> all() {
        List<KernelCase> cases = new ArrayList<>();
        IntStream.of(ROWS).forEach(m -> cases.add(new MatMulCase(m, HIDDEN, HIDDEN)));
        cases.add(new MatMulCase(BATCH_ROWS, FEED_FORWARD, HIDDEN));
        cases.add(new MatMulCase(BATCH_ROWS, HIDDEN, FEED_FORWARD));
        for (int features : new int[]{HIDDEN, HEAD}) {
            for (int queries : new int[]{QUESTION, VIDEO}) {
                cases.add(new ScoresCase(queries, VIDEO, features));
                cases.add(new ContextCase(queries, VIDEO, features));
            }
        }
        for (int keys : new int[]{QUESTION, VIDEO, HIDDEN}) {
            cases.add(new SoftmaxCase(VIDEO, keys));
        }
        for (RowCase.Kind kind : RowCase.Kind.values()) {
            cases.add(new RowCase(kind, VIDEO, HIDDEN));
        }
        return cases.stream().map(KernelPoints::point).toList();
    }

    /** Says whether naive loops take seconds for the point, which a quick run leaves out. */
    public static boolean isSlow(Point point) {
        return Integer.toString(BATCH_ROWS).equals(point.params().get("m"));
    }

    private static Point point(KernelCase kernel) {
        return new Point("kernel", kernel.name(), kernel.params(), () -> new KernelSetup(kernel));
    }
}
