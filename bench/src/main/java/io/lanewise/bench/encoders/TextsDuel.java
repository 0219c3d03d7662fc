package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.rounds.Opened;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.text.TextEmbedder;

/**
 * Lanewise and padding engines with texts of many lengths, from the text to its vector. A call does a part of the texts, the next
 * one the next part, so that as many rounds as parts are all of them.
 */
final class TextsDuel implements Setup {

    /** How many rounds do all texts. */
    static final int PARTS = 8;

    /** What frameworks take together, as texts come. */
    private static final int USUAL_BATCH = 32;
    private static final List<Integer> BATCHES = List.of(1, 4, 16, 64);
    private static final int PASSES = 3; // the first of a size may find memory and code cold

    private final TextMix mix;
    private final TextEmbedder embedder;
    private final Opened open = new Opened();
    private final List<Subject> subjects = new ArrayList<>();

    TextsDuel(int texts, List<PaddingEngine> peers) {
        PeerEnvironment.requireClean();
        mix = TextMix.of(texts, MiniLm.tokenizer());
        embedder = open.add(MiniLm.embedder());
        try {
            List<List<String>> parts = mix.dealt(PARTS);
            subjects.add(subject(LanewiseEncoders.SUBJECT, parts, Map.of("tokens", tokens()), embedder::embed));
            peers.forEach(this::add);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private double tokens() {
        return mix.tokens().stream().mapToInt(Integer::intValue).sum();
    }

    /** One part of the texts at work. */
    @FunctionalInterface
    private interface Work {
        Object embed(List<String> texts);
    }

    private static Subject subject(String name, List<List<String>> parts, Map<String, Double> remarks, Work work) {
        int[] next = {0};
        Object[] kept = new Object[1]; // so that no compiler leaves a call out
        return new Subject(name, 0, 1.0 / PARTS, remarks, () -> {
            kept[0] = work.embed(parts.get(next[0]));
            next[0] = (next[0] + 1) % PARTS;
        });
    }

    private void add(PaddingEngine peer) {
        PaddedTexts texts = open.add(new PaddedTexts(peer.openPadding(), MiniLm.tokenizer()));
        double cosine = requireAgreement(peer, texts);
        int best = best(texts);
        Map<String, Double> remarks = Map.of("texts a batch", (double) best, "cosine", cosine);
        subjects.add(subject(peer.subject() + "-by-length", mix.batchesByLength(best, PARTS), remarks,
                part -> texts.embed(part, best, true)));
        subjects.add(subject(peer.subject() + "-as-they-come", mix.batchesAsTheyCome(USUAL_BATCH, PARTS),
                Map.of("texts a batch", (double) USUAL_BATCH), part -> texts.embed(part, USUAL_BATCH, false)));
    }

    /** Returns the least cosine of any of the vectors of a part to ours. */
    private double requireAgreement(PaddingEngine peer, PaddedTexts texts) {
        List<String> part = mix.dealt(PARTS).getFirst();
        List<float[]> theirs = texts.embed(part, USUAL_BATCH, true);
        float[][] ours = embedder.embed(part);
        double least = 1;
        for (int text = 0; text < ours.length; text++) {
            least = Math.min(least, Vectors.cosine(ours[text], theirs.get(text)));
        }
        Vectors.requireAlike("texts by " + peer.subject(), least, peer.isExact());
        return least;
    }

    /** Returns the batch with which an engine is fastest, on a part of the texts by length. */
    private int best(PaddedTexts texts) {
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            for (int batch : BATCHES) {
                List<String> part = mix.batchesByLength(batch, PARTS).getFirst();
                long start = System.nanoTime();
                texts.embed(part, batch, true);
                long nanos = System.nanoTime() - start;
                if (nanos < least) {
                    least = nanos;
                    best = batch;
                }
            }
        }
        return best;
    }

    @Override
    public List<Subject> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        open.close();
    }
}
