package io.lanewise.bench.peers;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import io.lanewise.bench.encoders.EmbedderPeers;
import io.lanewise.bench.encoders.EncoderEngines;
import io.lanewise.bench.tokenizers.TokenizerPeers;

/** The peers on the class path, whatever they can do. */
public final class Peers {

    private Peers() {}

    /** Returns those that multiply matrices; none without the Maven profile {@code peers}. */
    static List<MatMulPeer> matMuls() {
        return ServiceLoader.load(MatMulPeer.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    /**
     * Makes a peer, or Lanewise behind the same interface, by the name of its class. Looks for nothing else on the class path, which
     * would take longer than some of what is measured in a process that has just started.
     *
     * @throws IllegalArgumentException if this build does not have it
     */
    public static Peer ofClass(String name) {
        try {
            return (Peer) Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("peer must be in this build, peers need -Ppeers: class=" + name, e);
        }
    }

    /**
     * Asks a peer what it runs. Loads its native libraries.
     *
     * @throws IllegalArgumentException if this build does not have it
     */
    public static String describe(String subject) {
        return Stream
                .of(LayerEngines.peers(), matMuls(), TokenizerPeers.all(), EncoderEngines.peers(), EmbedderPeers.all())
                .<Peer>flatMap(List::stream)
                .filter(peer -> peer.subject().equals(subject)).findFirst().map(Peer::describe)
                .orElseThrow(() -> new IllegalArgumentException(
                        "peer must be in this build, peers need -Ppeers: peer=" + subject));
    }
}
