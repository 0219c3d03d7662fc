package io.lanewise.bench.peers;

import java.util.List;

import io.lanewise.bench.PaddedBatch;

/** A layer in an engine's memory, shared by callers. Thread-safe; closed after its callers. */
public interface OpenLayer extends AutoCloseable {

    /**
     * Makes a caller ready to send these batches, which have the same padded shape.
     *
     * @return the caller, for one thread at a time
     */
    LayerCaller newCaller(List<PaddedBatch> batches);

    @Override
    void close();
}
