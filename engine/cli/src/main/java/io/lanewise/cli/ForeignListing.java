package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.lanewise.LanewiseException;
import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.json.Json;

/** Lists what an ONNX file, or one of PyTorch's, would be imported as. */
final class ForeignListing {

    private static final int NAME_CHARACTERS = 200;
    private static final int TEXT_CHARACTERS = 1000;

    private final PrintWriter out;

    ForeignListing(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints it.
     *
     * @throws LanewiseException if the file cannot be read, or asks for what is not known
     */
    void print(Path path) {
        try (ImportedModel model = new ForeignFile(path).open()) {
            line("file", path.toString());
            model.config().ifPresent(config -> config.members().forEach(
                    (name, value) -> line(name, String.valueOf(value.value() instanceof List<?> list
                            ? list.stream().map(each -> ((Json) each).value()).toList()
                            : value.value()))));
            model.pooling(ImportOptions.defaults())
                    .ifPresent(pooling -> line("pooling", ForeignFile.describe(pooling)));
            if (model.isQuantized()) {
                line("weights", "whole numbers, which become floats");
            }
            model.metadata().forEach(this::line);
            out.println(String.format(Locale.ROOT, "tensors: %d, %,d bytes", model.tensors().size(), model.bytes()));
            model.tensors().forEach((name, tensor) -> out.println(String.format(Locale.ROOT, "  %-20s %,14d bytes  %s",
                    tensor.type() + " " + tensor.shape(), tensor.size(),
                    LanewiseException.shorten(name, NAME_CHARACTERS))));
        }
    }

    private void line(String name, String value) {
        out.println(LanewiseException.shorten(name + ": " + value, TEXT_CHARACTERS));
    }
}
