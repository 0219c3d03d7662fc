package io.lanewise.bench.imported;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** Runs a graph in ONNX Runtime, one text at a time, and pools and normalizes its rows in double. */
final class RuntimeEmbedder implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final boolean isMean;

    /** Opens a graph; {@code optimized} is where its optimizer writes what it made of it, or null. */
    RuntimeEmbedder(byte[] graph, boolean isMean, String optimized) throws OrtException {
        this.isMean = isMean;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
            options.setIntraOpNumThreads(1);
            if (optimized != null) {
                options.setOptimizedModelFilePath(optimized);
            }
            session = environment.createSession(graph, options);
        }
    }

    double[] embed(int[] ids) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        long[] shape = {1, ids.length};
        for (String name : session.getInputNames()) {
            long[] values = new long[ids.length];
            switch (name) {
                case "input_ids" -> Arrays.setAll(values, i -> ids[i]);
                case "attention_mask" -> Arrays.fill(values, 1);
                default -> Arrays.fill(values, 0);
            }
            inputs.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
        }
        try (OrtSession.Result result = session.run(inputs)) {
            return unit(((float[][][]) result.get(0).getValue())[0]);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private double[] unit(float[][] rows) {
        double[] pooled = new double[rows[0].length];
        for (int row = 0; row < (isMean ? rows.length : 1); row++) {
            for (int i = 0; i < pooled.length; i++) {
                pooled[i] += rows[row][i];
            }
        }
        double length = Math.sqrt(Arrays.stream(pooled).map(x -> x * x).sum());
        return Arrays.stream(pooled).map(x -> x / length).toArray();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
