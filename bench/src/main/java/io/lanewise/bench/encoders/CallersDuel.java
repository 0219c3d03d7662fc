package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.rounds.Opened;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.text.TextCounters;
import io.lanewise.text.TextEmbedder;

/**
 * Many callers of one model at once, each with a short text a call: Lanewise, which gathers the texts that wait, Lanewise with a text a run,
 * and libraries as their users have them. Every answer of a turn is held against its text's own.
 */
final class CallersDuel implements Setup {

    static final String ALONE = LanewiseEncoders.SUBJECT + "-alone";

    private static final int DIFFERENT = 512;
    private static final int LEAST_TOKENS = 6;
    private static final int MOST_TOKENS = 30;

    private final int callers;
    private final Opened open = new Opened();
    private final TextEmbedder embedder;
    private final List<String> texts; // of each call
    private final float[][] expected; // of each call
    private final List<Subject> subjects = new ArrayList<>();
    private TextCounters before; // a call of ours

    /**
     * Opens everybody.
     *
     * @param calls of all callers together, in one call of a subject
     */
    CallersDuel(List<EmbedderPeer> peers, int callers, int calls) {
        PeerEnvironment.requireClean();
        this.callers = callers;
        List<String> different = TextMix
                .even(Math.min(calls, DIFFERENT), LEAST_TOKENS, MOST_TOKENS, MiniLm.tokenizer()).texts();
        texts = IntStream.range(0, calls).mapToObj(call -> different.get(call % different.size())).toList();
        embedder = open.add(MiniLm.embedder());
        try {
            float[][] vectors = different.stream().map(embedder::embed).toArray(float[][]::new);
            expected = IntStream.range(0, calls).mapToObj(call -> vectors[call % vectors.length])
                    .toArray(float[][]::new);
            addOwn(LanewiseEncoders.SUBJECT, embedder::embed);
            addOwn(ALONE, oneTextARun());
            peers.forEach(peer -> add(peer.subject(), peer.load(), peer.isExact()));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** A caller gets no further than there are sessions, in the order in which callers come, so that no text waits for one. */
    private Function<String, float[]> oneTextARun() {
        Semaphore sessions = new Semaphore(embedder.counters().sessions(), true);
        return text -> {
            sessions.acquireUninterruptibly();
            try {
                return embedder.embed(text);
            } finally {
                sessions.release();
            }
        };
    }

    private void addOwn(String subject, Function<String, float[]> embed) {
        ManyCallers calls = new ManyCallers(texts, callers, embed);
        subjects.add(new Subject(subject, 0, 1, Map.of(), () -> {
            before = embedder.counters();
            calls.run();
        }, () -> {
            TextCounters after = embedder.counters();
            requireSame(subject, calls.answers());
            Map<String, Double> readings = new HashMap<>(calls.latencies());
            readings.put("texts a run", (double) (after.texts() - before.texts()) / (after.runs() - before.runs()));
            return readings;
        }));
    }

    private void requireSame(String subject, float[][] answers) {
        for (int call = 0; call < answers.length; call++) {
            if (!Arrays.equals(answers[call], expected[call])) {
                throw new IllegalStateException("a text must have the bits that it has alone: subject=%s, text=%s"
                        .formatted(subject, texts.get(call)));
            }
        }
    }

    private void add(String subject, Function<String, float[]> embed, boolean isExact) {
        ManyCallers calls = new ManyCallers(texts, callers, embed);
        subjects.add(new Subject(subject, 0, 1, Map.of(), calls, () -> {
            Map<String, Double> readings = new HashMap<>(calls.latencies());
            readings.put("cosine", requireAlike(subject, calls.answers(), isExact));
            return readings;
        }));
    }

    /** Returns the least cosine. */
    private double requireAlike(String subject, float[][] answers, boolean isExact) {
        double cosine = IntStream.range(0, answers.length)
                .mapToDouble(call -> Vectors.cosine(answers[call], expected[call])).min().orElseThrow();
        Vectors.requireAlike("texts of many callers by " + subject, cosine, isExact);
        return cosine;
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
