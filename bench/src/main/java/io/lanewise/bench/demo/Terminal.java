package io.lanewise.bench.demo;

import java.io.PrintStream;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Prints lines, and below them a progress bar with the remaining time where standard output is a terminal. */
final class Terminal implements AutoCloseable {

    private static final int BAR_COLUMNS = 120;
    private static final int REDRAW_MILLIS = 200;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream out;
    private final ProgressBar bar; // null where nobody would see it

    /** Starts a task of so much work, in any unit. */
    Terminal(PrintStream out, String task, long work) {
        this.out = out;
        this.bar = isTerminal() ? bar(out, task, work) : null;
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static ProgressBar bar(PrintStream out, String task, long work) {
        return new ProgressBarBuilder().setTaskName(task).setInitialMax(work).setStyle(ProgressBarStyle.ASCII)
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

    /** Says how much of the work is done. */
    void advanceTo(long done) {
        if (bar != null) {
            bar.stepTo(done);
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
