package io.lanewise.bench.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.Span;
import io.lanewise.tokenizers.Tokenizer;

/** Lanewise and a peer with the same file and sentences, one a call; set up only if all ids are the same. */
final class TokenizerDuel implements Setup {

    /** Lanewise with all that a peer's encoding has: ids, types, spans and pieces. */
    static final String WITH_SPANS = "lanewise-spans";

    private final List<String> sentences;
    private final OpenTokenizer theirs; // or null
    private final List<Subject> subjects = new ArrayList<>();
    private int ours;
    private int oursWithSpans;
    private int peers;
    private long sum; // so that no compiler leaves a call out

    TokenizerDuel(Path file, TokenizerPeer peer, List<String> sentences) {
        PeerEnvironment.requireClean();
        this.sentences = sentences;
        Tokenizer tokenizer = Tokenizer.load(file);
        subjects.add(new Subject("lanewise", 0, () -> {
            sum += tokenizer.ids(sentences.get(ours)).length;
            ours = next(ours);
        }));
        subjects.add(new Subject(WITH_SPANS, 0, () -> {
            read(tokenizer.encode(sentences.get(oursWithSpans)));
            oursWithSpans = next(oursWithSpans);
        }));
        theirs = peer == null ? null : peer.open(file);
        if (theirs != null) {
            requireAgreement(tokenizer, peer, file);
            subjects.add(new Subject(peer.subject(), 0, () -> {
                sum += theirs.encode(sentences.get(peers)).length;
                peers = next(peers);
            }));
        }
    }

    private int next(int sentence) {
        return (sentence + 1) % sentences.size();
    }

    private void read(Encoding encoding) {
        for (int token = 0; token < encoding.length(); token++) {
            Span span = encoding.span(token);
            sum += encoding.piece(token).length() + (span == null ? 0 : span.end());
        }
    }

    private void requireAgreement(Tokenizer tokenizer, TokenizerPeer peer, Path file) {
        for (String sentence : sentences) {
            long[] expected = theirs.encode(sentence);
            int[] ids = tokenizer.ids(sentence);
            if (!Arrays.equals(expected, Arrays.stream(ids).asLongStream().toArray())) {
                close();
                throw new IllegalStateException("lanewise must agree with %s to be timed: file=%s, text=%s".formatted(
                        peer.subject(), file, sentence));
            }
        }
    }

    @Override
    public List<Subject> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        if (theirs != null) {
            theirs.close();
        }
    }
}
