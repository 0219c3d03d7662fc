package io.lanewise.encoders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.Inputs;
import io.lanewise.Outputs;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A tiny encoder with inputs and recorded results, in float32 as a framework has them and in float64. */
record EncoderCase(Path folder) {

    /** Returns all cases. */
    static List<EncoderCase> all() {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> file.endsWith("expected.safetensors")).map(Path::getParent).sorted()
                    .map(EncoderCase::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the case of that folder, such as {@code bert/odd}. */
    static EncoderCase of(String name) {
        return new EncoderCase(root().resolve(name));
    }

    private static Path root() {
        try {
            return Path.of(EncoderCase.class.getResource("/encoders").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the ids. */
    Inputs inputs() {
        return Inputs.load(folder.resolve("input.safetensors"));
    }

    /** Returns the names of the recorded results. */
    List<String> recorded() {
        try (SafetensorsFile file = expected()) {
            return file.tensors().stream().map(TensorInfo::name).filter(name -> !name.endsWith(".f64")).toList();
        }
    }

    /**
     * Checks all recorded results against those of a run: shapes, and errors against float64 of at most twice float32's own. That is
     * the recorded one, which may have been lucky: where it is not enough, what naive loops make of the same model rounded otherwise.
     */
    void check(Outputs outputs) {
        List<String> wrong = new ArrayList<>();
        try (SafetensorsFile file = expected()) {
            for (String name : recorded()) {
                TensorInfo info = file.find(name + ".f64").orElseThrow();
                assertArrayEquals(info.shape().stream().mapToLong(Long::longValue).toArray(), outputs.shape(name),
                        name);
                check(name, file.doubles(info), file.floats(file.find(name).orElseThrow()), outputs.floats(name),
                        wrong);
            }
        }
        assertTrue(wrong.isEmpty(), () -> this + ": " + wrong);
    }

    private void check(String name, double[] truth, float[] framework, FloatBuffer actual, List<String> wrong) {
        double scale = 0;
        double allowed = 0;
        double worst = 0;
        int cell = -1;
        for (int i = 0; i < truth.length; i++) {
            scale = Math.max(scale, Math.abs(truth[i]));
            allowed = Math.max(allowed, 2 * Math.abs(framework[i] - truth[i]));
            double error = Math.abs(actual.get(i) - truth[i]);
            if (!(error <= worst)) {
                worst = error;
                cell = i;
            }
        }
        double most = Math.max(allowed, 2e-6 * scale);
        if (!(worst <= most)) {
            most = Math.max(most, 2 * Roundings.of(this).error(name));
        }
        if (!(worst <= most)) {
            wrong.add("%s[%d] is %s, expected %s: error %.3g, allowed %.3g".formatted(name, cell, actual.get(cell),
                    truth[cell], worst, most));
        }
    }

    private SafetensorsFile expected() {
        return SafetensorsFile.open(folder.resolve("expected.safetensors"));
    }

    @Override
    public String toString() {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }
}
