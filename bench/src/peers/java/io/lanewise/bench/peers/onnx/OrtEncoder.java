package io.lanewise.bench.peers.onnx;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.bench.encoders.IdBatch;
import io.lanewise.bench.encoders.OpenEncoder;
import io.lanewise.bench.peers.RequestMemory;
import io.lanewise.bench.peers.graph.GraphTranslator;

/** An encoder in ONNX Runtime, called on tensors that were made once; the result is pinned in our memory. */
final class OrtEncoder implements OpenEncoder {

    private final OrtSession session;
    private final String output;
    private final List<OnnxTensor> tensors = new ArrayList<>();

    OrtEncoder(OrtSession session, String output) {
        this.session = session;
        this.output = output;
    }

    @Override
    public Supplier<FloatBuffer> ready(IdBatch batch) {
        try {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (String name : session.getInputNames()) {
                inputs.put(name, name.endsWith(GraphTranslator.PADDING)
                        ? padding(batch)
                        : tensor(longs(name, batch), batch.texts(), batch.tokens()));
            }
            long[] shape = shape(inputs);
            FloatBuffer floats = RequestMemory.floats((int) LongStream.of(shape).reduce(1, (a, b) -> a * b));
            OnnxTensor result = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), floats, shape);
            tensors.add(result);
            Map<String, OnnxTensor> pinned = Map.of(output, result);
            return () -> run(inputs, pinned, floats);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] longs(String input, IdBatch batch) {
        return switch (input) {
            case "input_ids" -> Arrays.stream(batch.flat()).asLongStream().toArray();
            case "token_type_ids" -> batch.types() == null
                    ? new long[batch.texts() * batch.tokens()]
                    : Arrays.stream(batch.flatTypes()).asLongStream().toArray();
            case "attention_mask" -> LongStream.generate(() -> 1).limit((long) batch.texts() * batch.tokens()).toArray();
            default -> throw new IllegalArgumentException("an encoder must take ids, types or a mask: input=" + input);
        };
    }

    /** Says that no token is padding. */
    private OnnxTensor padding(IdBatch batch) throws OrtException {
        long[] shape = {batch.texts(), batch.tokens()};
        tensors.add(OnnxTensor.createTensor(OrtEnvironment.getEnvironment(),
                ByteBuffer.allocateDirect(batch.texts() * batch.tokens()), shape, OnnxJavaType.BOOL));
        return tensors.getLast();
    }

    private OnnxTensor tensor(long[] values, long... shape) throws OrtException {
        tensors.add(OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape));
        return tensors.getLast();
    }

    /** Learns the shape of the result from a first run. */
    private long[] shape(Map<String, OnnxTensor> inputs) throws OrtException {
        try (OrtSession.Result first = session.run(inputs, Set.of(output))) {
            return ((OnnxTensor) first.get(0)).getInfo().getShape();
        }
    }

    private FloatBuffer run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned, FloatBuffer floats) {
        try (OrtSession.Result _ = session.run(inputs, Set.of(), pinned)) {
            return floats;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
