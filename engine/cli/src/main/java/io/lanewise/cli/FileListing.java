package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;

/** Lists the tensors of a safetensors file. */
final class FileListing {

    private static final int NAME_CHARACTERS = 200;
    private static final int TEXT_CHARACTERS = 1000;

    private static final String LAYER = "layer";

    private final PrintWriter out;

    FileListing(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints it.
     *
     * @throws LanewiseException if the file cannot be read or is malformed
     */
    void print(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            out.println("file: " + visible(path.toString(), TEXT_CHARACTERS));
            out.println("metadata: " + file.metadata().size());
            file.metadata().forEach((name, value) -> out.println(
                    "  " + visible(name, NAME_CHARACTERS) + ": " + visible(value, TEXT_CHARACTERS)));
            long elements = file.tensors().stream().mapToLong(TensorInfo::elements).sum();
            long bytes = file.tensors().stream().mapToLong(TensorInfo::bytes).sum();
            out.println(line("tensors: %d, %,d elements, %,d bytes", file.tensors().size(), elements, bytes));
            file.tensors().forEach(tensor -> out.println(line("  %-20s %,14d bytes  %s", tensor.describe(),
                    tensor.bytes(), visible(tensor.name(), NAME_CHARACTERS))));
            if (file.metadata().containsKey(LAYER)) {
                printUnused(path);
            }
        }
    }

    /** Says which weights a layer does not need, or why the file is none. */
    private void printUnused(Path path) {
        try (Model model = Model.load(path)) {
            List<String> unused = model.unusedWeights();
            out.println("weights that " + visible(model.layer(), NAME_CHARACTERS) + " does not need: " + unused.size());
            unused.forEach(name -> out.println("  " + visible(name, NAME_CHARACTERS)));
        } catch (LanewiseException refused) {
            out.println("not a layer that can be run: " + visible(refused.getMessage(), TEXT_CHARACTERS));
        }
    }

    private static String line(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    /** Text from a file may hold anything: terminal escapes, line breaks, a megabyte. */
    private static String visible(String text, int characters) {
        return LanewiseException.shorten(text, characters);
    }
}
