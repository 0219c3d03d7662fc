package io.lanewise;

import java.nio.file.Path;

import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;
import io.lanewise.weights.TensorType;

/** Reads the inputs of a run from a safetensors file. */
final class InputFile {

    private static final String TOKENS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String LENGTHS = "lengths";
    private static final String SUFFIX = "_" + LENGTHS;
    private static final int[] NOT_GIVEN = {};

    private InputFile() {}

    static Inputs read(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            Inputs inputs = Inputs.none();
            for (TensorInfo tensor : file.tensors()) {
                if (isLengths(tensor.name())) {
                    addShared(inputs, file, tensor);
                } else if (tensor.name().equals(MASK)) {
                    requireTokens(file);
                } else if (isWhole(tensor)) {
                    add(inputs, file, tensor);
                } else {
                    inputs.and(tensor.name(), floats(file, tensor), lengths(file, tensor.name()));
                }
            }
            return inputs;
        }
    }

    // ---------------------------------------------------------------- tokens

    private static boolean isWhole(TensorInfo tensor) {
        return tensor.type() == TensorType.I64 || tensor.type() == TensorType.I32;
    }

    private static void requireTokens(SafetensorsFile file) {
        if (file.find(TOKENS).isEmpty()) {
            throw new LanewiseException("%s must belong to %s: there are none".formatted(MASK, TOKENS));
        }
    }

    private static void add(Inputs inputs, SafetensorsFile file, TensorInfo tensor) {
        Tensor ids = Tensor.ids(ints(file, tensor), tensor.shape().stream().mapToLong(Long::longValue).toArray());
        TensorInfo mask = tensor.name().equals(TOKENS) ? file.find(MASK).orElse(null) : null;
        if (mask == null) {
            inputs.and(tensor.name(), ids, lengths(file, tensor.name()));
        } else {
            inputs.andMasked(tensor.name(), ids, valid(file, mask, tensor));
        }
    }

    private static int[] ints(SafetensorsFile file, TensorInfo tensor) {
        long[] values = file.longs(tensor);
        int[] ids = new int[values.length];
        for (int i = 0; i < ids.length; i++) {
            if (values[i] != (int) values[i]) {
                throw new LanewiseException(
                        "an id must fit 32 bits: %s[%d]=%d".formatted(LanewiseException.quote(tensor.name()), i,
                                values[i]));
            }
            ids[i] = (int) values[i];
        }
        return ids;
    }

    private static boolean[][] valid(SafetensorsFile file, TensorInfo mask, TensorInfo tokens) {
        if (!isWhole(mask) || !mask.shape().equals(tokens.shape()) || mask.shape().size() != 2) {
            throw new LanewiseException("%s must be I64 %s: %s is %s".formatted(MASK, tokens.shape(), MASK,
                    mask.describe()));
        }
        int length = mask.shape().get(1).intValue();
        boolean[][] valid = new boolean[mask.shape().get(0).intValue()][length];
        long[] marks = file.longs(mask);
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] != 0 && marks[i] != 1) {
                throw new LanewiseException("%s must be 0 or 1: %s[%d]=%d".formatted(MASK, MASK, i, marks[i]));
            }
            valid[i / length][i % length] = marks[i] == 1;
        }
        return valid;
    }

    // ---------------------------------------------------------------- rows

    private static boolean isLengths(String name) {
        return name.equals(LENGTHS) || name.endsWith(SUFFIX);
    }

    private static String lengthsName(String input) {
        return input.equals("input") ? LENGTHS : input + SUFFIX;
    }

    /** Takes lengths that are called like no input: some inputs may share them. */
    private static void addShared(Inputs inputs, SafetensorsFile file, TensorInfo lengths) {
        String name = lengths.name().equals(LENGTHS)
                ? "input"
                : lengths.name().substring(0, lengths.name().length() - SUFFIX.length());
        if (file.find(name).isEmpty()) {
            inputs.andLengths(name, lengths(file, lengths));
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
        return tensor == null ? NOT_GIVEN : lengths(file, tensor);
    }

    private static int[] lengths(SafetensorsFile file, TensorInfo tensor) {
        String name = tensor.name();
        int axes = tensor.shape().size();
        if (!isWhole(tensor) || axes < 1 || axes > 2 || tensor.elements() == 0) {
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
