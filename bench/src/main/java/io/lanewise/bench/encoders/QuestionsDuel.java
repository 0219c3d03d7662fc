package io.lanewise.bench.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.rounds.Opened;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.text.TextEmbedder;

/** Libraries as their users have them, with short questions, each a call of its own, by one or more callers at once. */
final class QuestionsDuel implements Setup {

    /** A call of a subject asks so many questions, of all callers together. */
    static final int QUESTIONS = English.QUESTIONS.size();

    private final int callers;
    private final ExecutorService threads;
    private final Opened open = new Opened();
    private final TextEmbedder embedder;
    private final List<Subject> subjects = new ArrayList<>();
    private volatile float[] last; // so that no compiler leaves a call out

    QuestionsDuel(List<EmbedderPeer> peers, int callers) {
        PeerEnvironment.requireClean();
        this.callers = callers;
        threads = Executors.newFixedThreadPool(callers);
        embedder = open.add(MiniLm.embedder());
        try {
            add(LanewiseEncoders.SUBJECT, embedder::embed, true);
            peers.forEach(peer -> add(peer.subject(), peer.load(), peer.isExact()));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void add(String subject, Function<String, float[]> embed, boolean isExact) {
        double cosine = English.QUESTIONS.stream()
                .mapToDouble(question -> Vectors.cosine(embedder.embed(question), embed.apply(question))).min()
                .orElseThrow();
        Vectors.requireAlike("questions by " + subject, cosine, isExact);
        subjects.add(new Subject(subject, 0, 1, Map.of("cosine", cosine), () -> ask(embed)));
    }

    private void ask(Function<String, float[]> embed) {
        List<Future<?>> asking = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int first = caller;
            asking.add(threads.submit(() -> {
                for (int question = first; question < QUESTIONS; question += callers) {
                    last = embed.apply(English.QUESTIONS.get(question));
                }
            }));
        }
        for (Future<?> caller : asking) {
            try {
                caller.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public List<Subject> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        open.close();
    }
}
