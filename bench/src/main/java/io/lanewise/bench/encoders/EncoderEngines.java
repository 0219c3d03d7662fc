package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The engines on the class path that run encoders. */
public final class EncoderEngines {

    private EncoderEngines() {}

    /** Returns the peers that this build has; none without the Maven profile {@code peers}. */
    public static List<EncoderEngine> peers() {
        List<EncoderEngine> peers = new ArrayList<>();
        ServiceLoader.load(EncoderEngine.class).forEach(peers::add);
        return peers;
    }

    /** Returns the peers that have an encoder and share processes of that name. */
    static List<EncoderEngine> of(String process, BenchEncoder encoder) {
        return peers().stream().filter(peer -> peer.process().equals(process) && peer.has(encoder)).toList();
    }

    /** Returns the names of the processes in which an encoder is measured beside peers. */
    static List<String> processes(BenchEncoder encoder) {
        return peers().stream().filter(peer -> peer.has(encoder)).map(EncoderEngine::process).distinct().toList();
    }
}
