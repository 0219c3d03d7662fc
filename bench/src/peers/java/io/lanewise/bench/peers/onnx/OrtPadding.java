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

/** A model in ONNX Runtime with batches of any shape; its hidden states become vectors here, as it has no pooling. */
final class OrtPadding implements OpenPadding {

    private final OrtSession session;

    OrtPadding(OrtSession session) {
        this.session = session;
    }

    @Override
    public List<float[]> vectors(List<int[]> ids) {
        int longest = ids.stream().mapToInt(text -> text.length).max().orElseThrow();
        long[] shape = {ids.size(), longest};
        LongBuffer tokens = LongBuffer.allocate(ids.size() * longest);
        LongBuffer mask = LongBuffer.allocate(ids.size() * longest);
        for (int text = 0; text < ids.size(); text++) {
            for (int token = 0; token < ids.get(text).length; token++) {
                tokens.put(text * longest + token, ids.get(text)[token]);
                mask.put(text * longest + token, 1);
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, tokens, shape);
                OnnxTensor counted = OnnxTensor.createTensor(environment, mask, shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.allocate(tokens.capacity()), shape);
                OrtSession.Result result = session.run(inputs(input, counted, types))) {
            OnnxTensor hidden = (OnnxTensor) result.get(0);
            int features = (int) hidden.getInfo().getShape()[2];
            FloatBuffer rows = hidden.getByteBuffer().asFloatBuffer(); // without a copy
            return IntStream.range(0, ids.size())
                    .mapToObj(text -> Vectors.unitMean(rows, text, longest, ids.get(text).length, features)).toList();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
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
