package io.lanewise.bench.imported;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.bench.peers.graph.GraphTranslator;

/** Runs a graph in ONNX Runtime, one text at a time. */
final class RuntimeGraph implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** Opens a graph; {@code optimized} is where its optimizer writes what it made of it, or null. */
    RuntimeGraph(byte[] graph, String optimized) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
            options.setIntraOpNumThreads(1);
            if (optimized != null) {
                options.setOptimizedModelFilePath(optimized);
            }
            session = environment.createSession(graph, options);
        }
    }

    /** Returns the rows of the first output: one for each token, or one alone. */
    double[][] rows(int[] ids) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        for (String name : session.getInputNames()) {
            inputs.put(name, input(name, ids));
        }
        try (OrtSession.Result result = session.run(inputs)) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            long[] shape = output.getInfo().getShape();
            double[][] rows = new double[shape.length == 3 ? ids.length : 1][(int) shape[shape.length - 1]];
            FloatBuffer floats = output.getFloatBuffer();
            for (double[] row : rows) {
                Arrays.setAll(row, _ -> floats.get());
            }
            return rows;
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor input(String name, int[] ids) throws OrtException {
        long[] shape = {1, ids.length};
        if (name.endsWith(GraphTranslator.PADDING)) { // of which there is none
            return OnnxTensor.createTensor(environment, ByteBuffer.allocateDirect(ids.length), shape,
                    OnnxJavaType.BOOL);
        }
        long[] values = new long[ids.length];
        switch (name) {
            case "input_ids" -> Arrays.setAll(values, i -> ids[i]);
            case "attention_mask" -> Arrays.fill(values, 1);
            default -> Arrays.fill(values, 0);
        }
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
