package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.lanewise.LanewiseException;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a file holds. */
@Command(name = "inspect", description = {"Shows what a safetensors file holds: metadata, and type, shape and size of "
        + "every tensor.", ""}, footer = {"", "Example:", "  lanewise inspect co-attention.safetensors"})
final class InspectCommand implements Callable<Integer> {

    private static final int NAME_CHARACTERS = 200;
    private static final int TEXT_CHARACTERS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A file of weights, inputs or outputs.")
    private Path path;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("file: " + visible(path.toString(), TEXT_CHARACTERS));
            out.println("metadata: " + file.metadata().size());
            file.metadata().forEach((name, value) -> out.println(
                    "  " + visible(name, NAME_CHARACTERS) + ": " + visible(value, TEXT_CHARACTERS)));
            long elements = file.tensors().stream().mapToLong(TensorInfo::elements).sum();
            long bytes = file.tensors().stream().mapToLong(TensorInfo::bytes).sum();
            out.println(line("tensors: %d, %,d elements, %,d bytes", file.tensors().size(), elements, bytes));
            file.tensors().forEach(tensor -> out.println(line("  %-20s %,14d bytes  %s", tensor.describe(),
                    tensor.bytes(), visible(tensor.name(), NAME_CHARACTERS))));
        }
        return 0;
    }

    private static String line(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    /** Text from a file may hold anything: terminal escapes, line breaks, a megabyte. */
    private static String visible(String text, int characters) {
        return LanewiseException.shorten(text, characters);
    }
}
