package io.lanewise.bench.peers.onnx;

import java.util.List;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.peers.LayerCaller;
import io.lanewise.bench.peers.OpenLayer;

/** A layer in ONNX Runtime; its session may be called by many threads. */
record OrtLayer(OrtEnvironment environment, OrtSession session) implements OpenLayer {

    @Override
    public LayerCaller newCaller(List<PaddedBatch> batches) {
        try {
            return new OrtCaller(environment, session, batches);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
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
