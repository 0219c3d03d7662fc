package io.lanewise.bench.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.tokenizers.Tokenizer;

/** Lanewise and a peer loading the same file. */
final class LoadingDuel implements Setup {

    private final List<Subject> subjects = new ArrayList<>();
    private Tokenizer loaded; // so that no compiler leaves a call out

    LoadingDuel(Path file, TokenizerPeer peer) {
        PeerEnvironment.requireClean();
        subjects.add(new Subject("lanewise", 0, () -> loaded = Tokenizer.load(file)));
        if (peer != null) {
            subjects.add(new Subject(peer.subject(), 0, () -> peer.open(file).close()));
        }
    }

    @Override
    public List<Subject> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        loaded = null;
    }
}
