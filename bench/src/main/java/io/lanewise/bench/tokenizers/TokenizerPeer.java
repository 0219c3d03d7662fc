package io.lanewise.bench.tokenizers;

import java.nio.file.Path;

import io.lanewise.bench.peers.Peer;

/** A library that reads {@code tokenizer.json}. Found by a service loader. */
public interface TokenizerPeer extends Peer {

    /** Loads a file, and neither cuts texts nor fills them up, whatever the file says. */
    OpenTokenizer open(Path file);
}
