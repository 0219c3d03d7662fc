package io.lanewise.bench.encoders;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.lanewise.Model;
import io.lanewise.bench.Agreement;
import io.lanewise.bench.peers.OutputReader;
import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.rounds.Opened;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;

/** Engines of one process with the same encoder and the same ids, Lanewise first; set up only if all answer alike. */
final class EncoderDuel implements Setup {

    /**
     * The largest difference of two engines in float32, as a fraction of the largest number of a result: sums of up to 3,072 terms
     * in different orders, twelve layers deep.
     */
    private static final double TOLERANCE = 2e-5;

    private final BenchEncoder encoder;
    private final IdBatch batch;
    private final long written;
    private final Opened open = new Opened();
    private final List<Subject> subjects = new ArrayList<>();
    private float[] expected;

    /**
     * Sets up.
     *
     * @param others beside Lanewise as it comes: peers of one process, or Lanewise in other ways
     * @param threads how many work on a call of each engine, one number after the other
     */
    EncoderDuel(BenchEncoder encoder, List<EncoderEngine> others, IdBatch batch, List<Integer> threads) {
        PeerEnvironment.requireClean();
        this.encoder = encoder;
        this.batch = batch;
        try (Model model = Model.of(encoder.encoder().get())) {
            written = encoder.written(model, batch.texts(), batch.tokens());
        }
        try {
            threads.forEach(count -> add(new LanewiseEncoders(), count));
            others.forEach(other -> threads.forEach(count -> add(other, count)));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void add(EncoderEngine engine, int threads) {
        Supplier<FloatBuffer> run = open.add(engine.open(encoder, threads)).ready(batch);
        String subject = threads == 1 ? engine.subject() : engine.subject() + "-" + threads;
        Map<String, Double> remarks = compared(engine, subject, cells(run.get()));
        OutputReader reader = new OutputReader();
        subjects.add(new Subject(subject, written, 1, remarks,
                () -> reader.read(Map.of(encoder.output(), run.get()))));
    }

    private static float[] cells(FloatBuffer floats) {
        float[] cells = new float[floats.limit()];
        floats.get(0, cells);
        return cells;
    }

    /** Compares a result with the first engine's. */
    private Map<String, Double> compared(EncoderEngine engine, String subject, float[] cells) {
        if (expected == null) {
            expected = cells;
        }
        if (engine.isExact()) {
            Agreement.require("%s of %s, %d × %d, by %s".formatted(encoder.output(), encoder, batch.texts(),
                    batch.tokens(), subject), expected, cells, TOLERANCE);
            return Map.of();
        }
        double cosine = leastCosine(cells);
        Vectors.requireAlike(encoder + " by " + subject, cosine, false);
        return Map.of("cosine", cosine);
    }

    /** Returns the least cosine of a text's mean to that of the first engine. */
    private double leastCosine(float[] cells) {
        int features = cells.length / (batch.texts() * batch.tokens());
        double least = 1;
        for (int text = 0; text < batch.texts(); text++) {
            least = Math.min(least, Vectors.cosine(Vectors.mean(expected, text, batch.tokens(), features),
                    Vectors.mean(cells, text, batch.tokens(), features)));
        }
        return least;
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
