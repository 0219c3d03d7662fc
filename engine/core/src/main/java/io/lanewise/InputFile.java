package io.lanewise;

import java.nio.file.Path;

import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;
import io.lanewise.weights.TensorType;

/** Reads the inputs of a run from a safetensors file. */
final class InputFile {

    private static final String LENGTHS = "lengths";
    private static final String SUFFIX = "_" + LENGTHS;
    private static final int[] NOT_GIVEN = {};

    private InputFile() {}

    static Inputs read(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            Inputs inputs = Inputs.none();
            for (TensorInfo tensor : file.tensors()) {
                if (isLengths(tensor.name())) {
                    requireInput(file, tensor);
                } else {
                    inputs.and(tensor.name(), floats(file, tensor), lengths(file, tensor.name()));
                }
            }
            return inputs;
        }
    }

    private static boolean isLengths(String name) {
        return name.equals(LENGTHS) || name.endsWith(SUFFIX);
    }

    private static String lengthsName(String input) {
        return input.equals("input") ? LENGTHS : input + SUFFIX;
    }

    private static void requireInput(SafetensorsFile file, TensorInfo lengths) {
        String input = lengths.name().equals(LENGTHS)
                ? "input"
                : lengths.name().substring(0, lengths.name().length() - SUFFIX.length());
        if (file.find(input).isEmpty()) {
            throw new LanewiseException("lengths must belong to an input: %s has no input %s"
                    .formatted(LanewiseException.quote(lengths.name()), LanewiseException.quote(input)));
        }
    }

    private static Tensor floats(SafetensorsFile file, TensorInfo tensor) {
        if (tensor.type() != TensorType.F32) {
            throw new LanewiseException(
                    "input must be F32: %s is %s".formatted(LanewiseException.quote(tensor.name()), tensor.describe()));
        }
        return Tensor.copyOf(file.floats(tensor), tensor.shape().stream().mapToLong(Long::longValue).toArray());
    }

    private static int[] lengths(SafetensorsFile file, String input) {
        String name = lengthsName(input);
        TensorInfo tensor = file.find(name).orElse(null);
        if (tensor == null) {
            return NOT_GIVEN;
        }
        boolean whole = tensor.type() == TensorType.I64 || tensor.type() == TensorType.I32;
        if (!whole || tensor.shape().size() != 1 || tensor.elements() == 0) {
            throw new LanewiseException("lengths must be I64 [batch]: %s is %s".formatted(LanewiseException.quote(name),
                    tensor.describe()));
        }
        long[] values = file.longs(tensor);
        int[] lengths = new int[values.length];
        for (int sample = 0; sample < lengths.length; sample++) {
            if (values[sample] != (int) values[sample]) {
                throw new LanewiseException(
                        "lengths must not exceed the padded length: %s[%d]=%d".formatted(name, sample, values[sample]));
            }
            lengths[sample] = (int) values[sample];
        }
        return lengths;
    }
}
