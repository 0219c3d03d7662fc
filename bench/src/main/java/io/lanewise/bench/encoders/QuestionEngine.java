package io.lanewise.bench.encoders;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

import io.lanewise.bench.peers.Peer;
import io.lanewise.bench.peers.Peers;
import io.lanewise.text.TextEmbedder;

/**
 * all-MiniLM-L6-v2 as a process that has just started opens it. It stays open.
 *
 * @param subject who computes
 * @param isExact whether its arithmetic is float32
 * @param vector makes a vector of the text, or of its ids where the library has no tokenizer; for one thread
 */
public record QuestionEngine(String subject, boolean isExact, Function<Question, float[]> vector) {

    /** Returns who can be opened, Lanewise first, with the class of each. */
    public static SequencedMap<String, Class<?>> all() {
        SequencedMap<String, Class<?>> engines = new LinkedHashMap<>();
        engines.put(LanewiseEncoders.SUBJECT, LanewiseEncoders.class);
        EmbedderPeers.all().forEach(peer -> engines.put(peer.subject(), peer.getClass()));
        EncoderEngines.peers().stream().filter(peer -> peer instanceof PaddingEngine && peer.isExact())
                .forEach(peer -> engines.put(peer.subject(), peer.getClass()));
        return engines;
    }

    /**
     * Opens one of them: Lanewise from a folder, a peer from where it has its model.
     *
     * @param engine the name of its class
     */
    public static QuestionEngine open(String subject, String engine, Path folder) {
        if (subject.equals(LanewiseEncoders.SUBJECT)) {
            TextEmbedder embedder = TextEmbedder.load(folder);
            return new QuestionEngine(subject, true, question -> embedder.embed(question.text()));
        }
        Peer peer = Peers.ofClass(engine);
        if (peer instanceof EmbedderPeer texts) {
            Function<String, float[]> embed = texts.load();
            return new QuestionEngine(subject, texts.isExact(), question -> embed.apply(question.text()));
        }
        PaddingEngine encoder = (PaddingEngine) peer;
        OpenPadding open = encoder.openPadding();
        return new QuestionEngine(subject, encoder.isExact(),
                question -> open.vectors(List.of(question.ids())).getFirst());
    }

    /**
     * Requires that it is the same model.
     *
     * @throws IllegalStateException if its vector is another
     */
    public void requireAlike(Question question) {
        Vectors.requireAlike("a question by " + subject, Vectors.cosine(question.vector(), vector.apply(question)),
                isExact);
    }
}
