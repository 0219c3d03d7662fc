package io.lanewise.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.bench.rounds.Point;

/** The sizes at which kernels are timed. */
public final class KernelPoints {

    private static final int[] ROWS = {1, 2, 3, 4, 6, 8, 12, 15, 16, 24, 32, 48, 64, 80, 96, 128};
    private static final int[] FEW_ROWS = {1, 15, 32, 64, 128};
    private static final int HIDDEN = 512;
    private static final int HEAD = 64;
    private static final int FEED_FORWARD = 2048;
    private static final int BATCH_ROWS = 1920; // 128 questions of 15 words
    private static final int QUESTION = 15;
    private static final int VIDEO = 80;
    private static final int FEW_QUERIES = 4; // whose rows lie in L1
    private static final int ODD_ROWS = 13; // nothing here is a multiple of a vector or a tile
    private static final int ODD_COLUMNS = 79;
    private static final int ODD_FEATURES = 299;
    private static final long SLOW_MULTIPLY_ADDS = 100_000_000;

    private KernelPoints() {}

    /** Returns a point for every kernel and size. */
    public static List<Point> all() {
        List<KernelCase> cases = new ArrayList<>();
        IntStream.of(ROWS).forEach(m -> cases.add(new MatMulCase(m, HIDDEN, HIDDEN)));
        IntStream.of(FEW_ROWS).forEach(m -> cases.add(new MatMulCase(m, FEED_FORWARD, FEED_FORWARD)));
        cases.add(new MatMulCase(ODD_ROWS, ODD_COLUMNS, ODD_FEATURES));
        cases.add(new MatMulCase(BATCH_ROWS, FEED_FORWARD, HIDDEN));
        cases.add(new MatMulCase(BATCH_ROWS, HIDDEN, FEED_FORWARD));
        cases.add(new ScoresCase(ODD_ROWS, ODD_COLUMNS, ODD_FEATURES));
        cases.add(new ContextCase(ODD_ROWS, ODD_COLUMNS, ODD_FEATURES));
        for (int features : new int[]{HIDDEN, HEAD}) {
            for (int queries : new int[]{QUESTION, VIDEO}) {
                cases.add(new ScoresCase(queries, VIDEO, features));
                cases.add(new ContextCase(queries, VIDEO, features));
            }
        }
        for (int keys : new int[]{QUESTION, ODD_COLUMNS, VIDEO, HIDDEN}) {
            cases.add(new SoftmaxCase(VIDEO, keys));
        }
        cases.add(new RowCase(RowCase.Kind.FUSED_NORM, FEW_QUERIES, HIDDEN));
        for (RowCase.Kind kind : RowCase.Kind.values()) {
            cases.add(new RowCase(kind, VIDEO, HIDDEN));
        }
        return cases.stream().map(KernelPoints::point).toList();
    }

    /** Says whether naive loops take a tenth of a second or more for the point, which a quick run leaves out. */
    public static boolean isSlow(Point point) {
        return Stream.of("m", "n", "k").map(size -> point.params().getOrDefault(size, "0")).mapToLong(Long::parseLong)
                .reduce(1, (a, b) -> a * b) > SLOW_MULTIPLY_ADDS;
    }

    private static Point point(KernelCase kernel) {
        return new Point("kernel", kernel.name(), kernel.params(), () -> new KernelSetup(kernel));
    }
}
