package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.util.SequencedMap;

/** One thread's way to call a layer: its batches in the engine's own form, off-heap, made once. */
public interface LayerCaller extends AutoCloseable {

    /**
     * Runs the layer on one of the batches.
     *
     * @return the outputs by name, valid until the next call
     */
    SequencedMap<String, FloatBuffer> call(int batch);

    @Override
    void close();
}
