package io.lanewise.bench.peers.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.LongStream;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.PaddedInput;
import io.lanewise.bench.peers.LayerCaller;
import io.lanewise.bench.peers.RequestMemory;
import io.lanewise.bench.peers.graph.GraphTranslator;

/** Calls a session on tensors over our memory; the outputs are pinned there too, so that nothing is copied. */
final class OrtCaller implements LayerCaller {

    private final OrtSession session;
    private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();
    private final SequencedMap<String, FloatBuffer> outputs = new LinkedHashMap<>();

    OrtCaller(OrtEnvironment environment, OrtSession session, List<PaddedBatch> batches) throws OrtException {
        this.session = session;
        for (PaddedBatch batch : batches) {
            inputs.add(tensors(environment, batch));
        }
        pinOutputs(environment);
    }

    private Map<String, OnnxTensor> tensors(OrtEnvironment environment, PaddedBatch batch) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (PaddedInput input : batch.inputs()) {
            long[] shape = RequestMemory.shape(input);
            if (session.getInputNames().contains(input.name())) { // a stage needs some of the inputs alone
                tensors.put(input.name(), input.ids()
                        ? OnnxTensor.createTensor(environment, RequestMemory.ids(input), shape)
                        : OnnxTensor.createTensor(environment, RequestMemory.values(input), shape));
            }
            String padding = input.length() + GraphTranslator.PADDING;
            if (session.getInputNames().contains(padding) && !tensors.containsKey(padding)) {
                tensors.put(padding, OnnxTensor.createTensor(environment, RequestMemory.padding(input),
                        Arrays.copyOf(shape, 2), OnnxJavaType.BOOL));
            }
        }
        return tensors;
    }

    /** Learns the shapes of the outputs from a first run. */
    private void pinOutputs(OrtEnvironment environment) throws OrtException {
        try (OrtSession.Result first = session.run(inputs.getFirst())) {
            for (Map.Entry<String, OnnxValue> output : first) {
                long[] shape = ((OnnxTensor) output.getValue()).getInfo().getShape();
                FloatBuffer floats = RequestMemory.floats((int) LongStream.of(shape).reduce(1, (a, b) -> a * b));
                outputs.put(output.getKey(), floats);
                pinned.put(output.getKey(), OnnxTensor.createTensor(environment, floats, shape));
            }
        }
    }

    @Override
    public SequencedMap<String, FloatBuffer> call(int batch) {
        try (OrtSession.Result _ = session.run(inputs.get(batch), Set.of(), pinned)) {
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        inputs.forEach(tensors -> tensors.values().forEach(OnnxTensor::close));
        pinned.values().forEach(OnnxTensor::close);
    }
}
