package io.lanewise.cli;

import java.util.Set;

import io.lanewise.LanewiseException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a user's mistake on one line of standard error, and leaves everything else to be reported as a fault. */
final class Mistakes implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        return report(command, rule(mistake) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
    }

    private static String rule(ParameterException mistake) {
        Set<String> commands = mistake.getCommandLine().getSubcommands().keySet();
        if (mistake instanceof UnmatchedArgumentException unmatched && !commands.isEmpty()
                && !unmatched.isUnknownOption()) {
            return "command must be one of %s: command=%s".formatted(String.join(", ", commands),
                    unmatched.getUnmatched().getFirst());
        }
        return mistake.getMessage();
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult arguments)
            throws Exception {
        if (fault instanceof LanewiseException mistake) {
            return report(command, mistake.getMessage());
        }
        throw fault;
    }

    /** Prints a message, whatever characters it quotes, as one line; returns the exit code. */
    static int report(CommandLine command, String message) {
        command.getErr().println("lanewise: " + LanewiseException.shorten(message, Integer.MAX_VALUE));
        return ExitCode.USAGE;
    }
}
