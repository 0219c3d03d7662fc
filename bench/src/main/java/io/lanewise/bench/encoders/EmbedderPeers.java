package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The libraries on the class path that turn texts into vectors. */
public final class EmbedderPeers {

    private EmbedderPeers() {}

    /** Returns those that this build has; none without the Maven profile {@code peers}. */
    public static List<EmbedderPeer> all() {
        List<EmbedderPeer> peers = new ArrayList<>();
        ServiceLoader.load(EmbedderPeer.class).forEach(peers::add);
        return peers;
    }
}
