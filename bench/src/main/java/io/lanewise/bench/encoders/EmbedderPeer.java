package io.lanewise.bench.encoders;

import java.util.function.Function;

import io.lanewise.bench.peers.Peer;

/** A library that turns texts into vectors by itself. Found by {@link EmbedderPeers}. */
public interface EmbedderPeer extends Peer {

    /** Says whether its arithmetic is float32. */
    boolean isExact();

    /** Returns whose processes it is measured in; a library with two forms of a model is measured in one. */
    String process();

    /** Loads all-MiniLM-L6-v2 as its users do; for any number of threads. It stays loaded. */
    Function<String, float[]> load();
}
