package io.lanewise.bench.peers.onnx;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.bench.encoders.OpenPadding;
import io.lanewise.bench.encoders.Vectors;
import ai.onnxruntime.TensorInfo;
import io.lanewise.bench.peers.RequestMemory;
import ai.onnxruntime.NodeInfo;
import java.util.Set;

/**
 * A model in ONNX Runtime with batches of any shape; its hidden states become vectors here, as it has no pooling. It reads ids and
 * writes states where they are: in memory that is kept, and grows with the largest batch.
 */
final class OrtPadding implements OpenPadding {

    private final OrtSession session;
    private final String output;
    private final int features;
    private LongBuffer tokens = RequestMemory.longs(0);
    private LongBuffer mask = RequestMemory.longs(0);
    private LongBuffer types = RequestMemory.longs(0);
    private FloatBuffer states = RequestMemory.floats(0);

    OrtPadding(OrtSession session) {
        this.session = session;
        try {
            Map.Entry<String, NodeInfo> first = session.getOutputInfo().entrySet().iterator().next();
            output = first.getKey();
            long[] shape = ((TensorInfo) first.getValue().getInfo()).getShape();
            features = Math.toIntExact(shape[shape.length - 1]);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<float[]> vectors(List<int[]> ids) {
        int longest = ids.stream().mapToInt(text -> text.length).max().orElseThrow();
        lay(ids, longest);
        long[] shape = {ids.size(), longest};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, tokens, shape);
                OnnxTensor counted = OnnxTensor.createTensor(environment, mask, shape);
                OnnxTensor first = OnnxTensor.createTensor(environment, types, shape);
                OnnxTensor result = OnnxTensor.createTensor(environment, states,
                        new long[]{ids.size(), longest, features});
                OrtSession.Result _ = session.run(inputs(input, counted, first), Set.of(), Map.of(output, result))) {
            return IntStream.range(0, ids.size())
                    .mapToObj(text -> Vectors.unitMean(states, text, longest, ids.get(text).length, features)).toList();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private void lay(List<int[]> ids, int longest) {
        int cells = ids.size() * longest;
        if (tokens.capacity() < cells) {
            tokens = RequestMemory.longs(cells);
            mask = RequestMemory.longs(cells);
            types = RequestMemory.longs(cells);
            states = RequestMemory.floats(cells * features);
        }
        tokens.clear().limit(cells);
        mask.clear().limit(cells);
        types.clear().limit(cells);
        states.clear().limit(cells * features);
        for (int text = 0; text < ids.size(); text++) {
            int[] row = ids.get(text);
            for (int token = 0; token < longest; token++) {
                tokens.put(text * longest + token, token < row.length ? row[token] : 0);
                mask.put(text * longest + token, token < row.length ? 1 : 0);
            }
        }
    }

    private static Map<String, OnnxTensor> inputs(OnnxTensor ids, OnnxTensor mask, OnnxTensor types) {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        inputs.put("input_ids", ids);
        inputs.put("attention_mask", mask);
        inputs.put("token_type_ids", types);
        return inputs;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
