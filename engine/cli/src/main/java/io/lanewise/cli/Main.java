package io.lanewise.cli;

import java.io.PrintWriter;

import io.lanewise.EmptyAttention;
import io.lanewise.WeightStorage;
import io.lanewise.text.Aggregation;
import io.lanewise.text.LongTexts;
import io.lanewise.tokenizers.Truncation;
import picocli.CommandLine;

/** Runs the command line. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the JVM: 0 for success, 2 for a user's mistake, 1 for a fault of Lanewise, or for results that are not as
     * they should be.
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
    }

    /** Runs a command and returns its exit code. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine command = commandLine().setOut(out).setErr(err);
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError e) {
            return Mistakes.report(command, "memory must suffice for the sizes that were asked for, try -Xmx, fewer "
                    + "threads or a smaller batch: " + e.getMessage());
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static CommandLine commandLine() {
        Mistakes mistakes = new Mistakes();
        return new CommandLine(new LanewiseCommand())
                .registerConverter(Integer.class, Converters::wholeNumber)
                .registerConverter(int.class, Converters::wholeNumber)
                .registerConverter(EmptyAttention.class, Converters.constant(EmptyAttention.class))
                .registerConverter(RunCommand.Executor.class, Converters.constant(RunCommand.Executor.class))
                .registerConverter(WeightStorage.class, Converters.constant(WeightStorage.class))
                .registerConverter(LongTexts.class, Converters.constant(LongTexts.class))
                .registerConverter(Aggregation.class, Converters.constant(Aggregation.class))
                .registerConverter(Truncation.Strategy.class, Converters.constant(Truncation.Strategy.class))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(mistakes)
                .setExecutionExceptionHandler(mistakes);
    }
}
