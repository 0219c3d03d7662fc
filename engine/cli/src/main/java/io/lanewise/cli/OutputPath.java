package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.lanewise.LanewiseException;
import io.lanewise.weights.AtomicFile;

/** Refuses an output file that could not be written or that is an input, before anything is computed. */
final class OutputPath {

    private OutputPath() {}

    /**
     * Checks an output file.
     *
     * @throws LanewiseException if it cannot be written, or is one of the inputs
     */
    static void require(Path output, Path... inputs) {
        for (Path input : inputs) {
            if (isSame(output, input) || isInside(output, input)) {
                throw new LanewiseException(
                        "output must be another file than the inputs: output=" + output + ", input=" + input);
            }
        }
        new AtomicFile(output).requireReplaceable();
    }

    /** A file that a model's folder has may be replaced no more than a file of weights. */
    private static boolean isInside(Path output, Path folder) {
        try {
            return Files.isDirectory(folder) && Files.isRegularFile(output)
                    && output.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw new LanewiseException("output and input must be comparable: output=" + output + ", input=" + folder,
                    e);
        }
    }

    private static boolean isSame(Path output, Path input) {
        try {
            return Files.exists(output) && Files.exists(input) && Files.isSameFile(output, input);
        } catch (IOException e) {
            throw new LanewiseException("output and input must be comparable: output=" + output + ", input=" + input,
                    e);
        }
    }
}
