package io.lanewise.bench.demo;

import java.io.PrintStream;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Prints lines, and below them a progress bar where standard output is a terminal. */
final class Terminal implements AutoCloseable {

    private static final int BAR_COLUMNS = 120;
    private static final int REDRAW_MILLIS = 200;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream out;
    private final ProgressBar bar; // null where nobody would see it

    Terminal(PrintStream out, String task, int steps) {
        this.out = out;
        this.bar = isTerminal() ? bar(out, task, steps) : null;
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static ProgressBar bar(PrintStream out, String task, int steps) {
        return new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS).clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(out, BAR_COLUMNS)).build();
    }

    /** Prints a line above the bar. */
    void print(String line) {
        out.println(bar == null ? line : ERASE_LINE + line);
    }

    /** Says what is being worked on. */
    void start(String what) {
        if (bar != null) {
            bar.setExtraMessage("%-43s".formatted(what)); // as wide every time, or the bar would change its length
        }
    }

    /** Counts a piece of work that is done. */
    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            out.print(ERASE_LINE);
        }
    }
}
