package io.lanewise.bench.run;

import java.io.PrintStream;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far the run is: a bar with the remaining time in a terminal, a line for each point elsewhere. */
public final class Progress implements AutoCloseable {

    private static final int COLUMNS = 110;

    private final PrintStream out;
    private final int steps;
    private final ProgressBar bar; // null where nobody would see it
    private int step;

    /** Starts a run of so many steps. */
    public Progress(PrintStream out, String task, int steps) {
        this.out = out;
        this.steps = steps;
        boolean terminal = System.console() != null && System.console().isTerminal();
        this.bar = terminal ? bar(out, task, steps) : null;
    }

    private static ProgressBar bar(PrintStream out, String task, int steps) {
        return new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(out, COLUMNS)).build();
    }

    /** Says what is being measured now. */
    public void start(String what) {
        step++;
        if (bar == null) {
            out.printf("%d/%d %s%n", step, steps, what);
        } else {
            bar.stepTo(step - 1L);
            bar.setExtraMessage(what);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.stepTo(step);
            bar.close();
        }
    }
}
