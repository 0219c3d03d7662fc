package io.lanewise.bench.encoders;

import java.nio.FloatBuffer;
import java.util.function.Supplier;

/** An encoder in an engine's memory. For one thread. */
public interface OpenEncoder extends AutoCloseable {

    /**
     * Readies a batch, once and for all its runs.
     *
     * @return runs it; the result's floats are valid until the next run of whatever batch
     */
    Supplier<FloatBuffer> ready(IdBatch batch);

    @Override
    void close();
}
