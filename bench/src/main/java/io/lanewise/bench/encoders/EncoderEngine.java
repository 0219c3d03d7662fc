package io.lanewise.bench.encoders;

import io.lanewise.bench.peers.Peer;

/** An engine that runs encoders: Lanewise, or a peer found by {@link EncoderEngines}. */
public interface EncoderEngine extends Peer {

    /** Says whether it has a form of this encoder. */
    boolean has(BenchEncoder encoder);

    /** Says whether its arithmetic is float32, so that results must be the same but for rounding. */
    boolean isExact();

    /** Returns the engine whose processes it is measured in; a library with two forms of a model is measured in one. */
    default String process() {
        return subject();
    }

    /**
     * Opens an encoder.
     *
     * @param threads how many threads work on one call
     */
    OpenEncoder open(BenchEncoder encoder, int threads);
}
