package io.lanewise.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Tells on standard error how far a command has read, and how long the rest will take: a bar in a terminal, elsewhere a line now and
 * then, so that what is soon done says nothing.
 */
final class Progress implements AutoCloseable {

    static final String LINES = "lines";

    private static final int COLUMNS = 100;
    private static final int REDRAW_MILLIS = 200;
    private static final long KILOBYTE = 1024;
    private static final String ERASE_LINE = "\r\033[K";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PrintWriter errors;
    private final String unit;
    private final long total;
    private final ProgressBar bar; // null where it would be of no use
    private final long start = System.nanoTime();
    private long lastLine = start;

    /** Begins reading lines; otherwise as {@link #Progress(PrintWriter, String, long, boolean)}. */
    Progress(PrintWriter errors, long total, boolean isPrinting) {
        this(errors, LINES, total, isPrinting);
    }

    /**
     * Begins.
     *
     * @param unit what is counted besides bytes
     * @param total the bytes that there are to read; 0 where nobody knows
     * @param isPrinting whether the command writes to standard output meanwhile
     */
    Progress(PrintWriter errors, String unit, long total, boolean isPrinting) {
        this.errors = errors;
        this.unit = unit;
        this.total = total;
        boolean wouldMix = isPrinting && Terminal.showsOutput();
        this.bar = Terminal.showsErrors() && !wouldMix ? bar(total) : null;
    }

    private static ProgressBar bar(long total) {
        return new ProgressBarBuilder().setTaskName("read").setInitialMax(total > 0 ? total : -1)
                .setUnit(" KB", KILOBYTE).setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(REDRAW_MILLIS)
                .clearDisplayOnFinish().setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS)).build();
    }

    /** Says what is done. */
    void advanceTo(long bytes, long count) {
        if (bar != null) {
            bar.stepTo(bytes);
            bar.setExtraMessage("%,d %s".formatted(count, unit));
        } else if (System.nanoTime() - lastLine > PATIENCE.toNanos() && bytes != total && !Terminal.showsErrors()) {
            lastLine = System.nanoTime();
            errors.println(line(unit, bytes, count, Duration.ofNanos(lastLine - start), total));
        }
    }

    /** Returns what a line says. */
    static String line(String unit, long bytes, long count, Duration elapsed, long total) {
        if (total < 1 || bytes < 1) {
            return String.format(Locale.ROOT, "%,d %s in %s", count, unit, minutes(elapsed));
        }
        double part = Math.min(1, (double) bytes / total);
        Duration rest = Duration.ofMillis((long) (elapsed.toMillis() * (1 / part - 1)));
        return String.format(Locale.ROOT, "%,d %s in %s, %.0f %%, %s to go", count, unit, minutes(elapsed), part * 100,
                minutes(rest));
    }

    private static String minutes(Duration time) {
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            System.err.print(ERASE_LINE);
        }
    }
}
