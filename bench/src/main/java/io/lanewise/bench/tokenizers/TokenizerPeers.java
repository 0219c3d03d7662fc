package io.lanewise.bench.tokenizers;

import java.util.List;
import java.util.ServiceLoader;

/** The peers on the class path that tokenize. */
public final class TokenizerPeers {

    private TokenizerPeers() {}

    /** Returns those that this build has; none without the Maven profile {@code peers}. */
    public static List<TokenizerPeer> all() {
        return ServiceLoader.load(TokenizerPeer.class).stream().map(ServiceLoader.Provider::get).toList();
    }
}
