package io.lanewise.encoders;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;

/**
 * How far naive float32 loops are from float64 when the same model is rounded otherwise, by embeddings that are multiplied by nearly 1.
 * One row decides, the one that a norm blows up most, and its error in a single rounding is chance.
 */
record Roundings(Map<String, Double> errors) {

    private static final int ROUNDINGS = 8;
    private static final float NEARLY_ONE = 0x1p-15f;
    private static final Map<EncoderCase, Roundings> KNOWN = new HashMap<>();

    static synchronized Roundings of(EncoderCase golden) {
        return KNOWN.computeIfAbsent(golden, Roundings::measured);
    }

    double error(String output) {
        return errors.getOrDefault(output, 0.0);
    }

    private static Roundings measured(EncoderCase golden) {
        ModelFolder folder = ModelFolder.open(golden.folder());
        Map<String, Double> errors = new HashMap<>();
        for (int i = 0; i < ROUNDINGS; i++) {
            try (Encoder encoder = Encoder.of(folder, scaled(folder, 1 + i * NEARLY_ONE))) {
                Graph graph = encoder.graph(new HashSet<>(golden.inputs().names()))
                        .asking(new HashSet<>(golden.recorded()));
                ReferenceInputs inputs = inputs(golden);
                var truth = ReferenceExecutor.doubles().run(graph, inputs);
                ReferenceExecutor.floats().run(graph, inputs).forEach((name, floats) -> errors.merge(name,
                        worst(truth.get(name), floats), Math::max));
            }
        }
        return new Roundings(errors);
    }

    private static double worst(ReferenceTensor<double[]> truth, ReferenceTensor<float[]> floats) {
        double worst = 0;
        for (int i = 0; i < truth.numbers().length; i++) {
            worst = Math.max(worst, Math.abs(truth.numbers()[i] - floats.numbers()[i]));
        }
        return worst;
    }

    private static Checkpoint scaled(ModelFolder folder, float factor) {
        Checkpoint.Builder scaled = Checkpoint.builder();
        try (Checkpoint weights = folder.weights()) {
            for (String name : weights.names()) {
                Checkpoint.Entry entry = weights.find(name).orElseThrow();
                if (entry.isFloat()) {
                    float[] values = entry.floats().get().clone();
                    for (int i = 0; i < values.length && name.endsWith("embeddings.weight"); i++) {
                        values[i] *= factor;
                    }
                    scaled.weight(name, values, entry.shape().stream().mapToLong(Long::longValue).toArray());
                }
            }
        }
        return scaled.build();
    }

    private static ReferenceInputs inputs(EncoderCase golden) {
        try (SafetensorsFile file = SafetensorsFile.open(golden.folder().resolve("input.safetensors"))) {
            List<Long> shape = file.find("input_ids").orElseThrow().shape();
            ReferenceInputs inputs = new ReferenceInputs(shape.getFirst().intValue());
            boolean[] valid = new boolean[Math.toIntExact(shape.get(0) * shape.get(1))];
            long[] mask = file.longs(file.find("attention_mask").orElseThrow());
            for (int i = 0; i < valid.length; i++) {
                valid[i] = mask[i] == 1;
            }
            for (TensorInfo tensor : file.tensors()) {
                int[] ids = Arrays.stream(file.longs(tensor)).mapToInt(Math::toIntExact).toArray();
                inputs.tokens(tensor.name(), shape.get(1).intValue(), ids,
                        tensor.name().equals("input_ids") ? valid : null);
            }
            return inputs;
        }
    }
}
