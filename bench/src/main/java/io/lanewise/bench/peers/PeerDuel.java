package io.lanewise.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.rounds.Opened;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.reference.ReferenceTensor;

/** Lanewise and one peer in one process, with the same layer and batches; set up only if both answer rightly. */
final class PeerDuel implements Setup {

    /** A service's requests differ, so that a single sample's lengths would say little; large batches average by themselves. */
    private static final int SINGLE_SAMPLES = 16;
    private static final long BATCH_SEED = 2;
    private static final int THREADS = 1;

    /** The unit of the remark that says by how much a subject's first samples are off at most. */
    private static final String ERROR = "error";

    private final PaperLayer layer;
    private final List<PaddedBatch> batches = new ArrayList<>();
    private final Opened open = new Opened();
    private final List<Subject> subjects = new ArrayList<>();
    private final Map<String, Double> errors = new HashMap<>(); // by subject

    PeerDuel(LayerEngine peer, PaperLayer layer, int samples, RowLengths lengths) {
        PeerEnvironment.requireClean();
        this.layer = layer;
        for (int i = 0; i < (samples == 1 ? SINGLE_SAMPLES : 1); i++) {
            batches.add(layer.batch(samples, lengths, BATCH_SEED + i));
        }
        try {
            LanewiseEngine lanewise = new LanewiseEngine();
            LayerCaller ours = caller(lanewise);
            LayerCaller theirs = caller(peer);
            requireAgreement(lanewise, ours, peer, theirs);
            subjects.add(subject(lanewise, ours));
            subjects.add(subject(peer, theirs));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private LayerCaller caller(LayerEngine engine) {
        try {
            Path file = Files.createTempFile(engine.subject() + "-", ".layer");
            open.add(() -> Files.delete(file));
            engine.export(layer, file);
            OpenLayer opened = open.add(engine.open(file, THREADS));
            return open.add(opened.newCaller(batches));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireAgreement(LayerEngine lanewise, LayerCaller ours, LayerEngine peer, LayerCaller theirs) {
        for (int i = 0; i < batches.size(); i++) {
            Map<String, FloatBuffer> ourAnswer = ours.call(i);
            Map<String, FloatBuffer> theirAnswer = theirs.call(i);
            if (i < (layer.isWhole() ? 1 : batches.size())) { // naive loops take seconds for a sample of the whole model
                Map<String, ReferenceTensor<double[]>> truth = PeerAgreement.truthOfFirst(layer, batches.get(i));
                requireTruth(lanewise, PeerAgreement.error(layer, truth, ourAnswer));
                requireTruth(peer, PeerAgreement.error(layer, truth, theirAnswer));
            }
            require(peer, "lanewise", PeerAgreement.difference(layer, ourAnswer, theirAnswer));
        }
    }

    private void requireTruth(LayerEngine engine, double error) {
        require(engine, "the double reference", error);
        errors.merge(engine.subject(), error, Math::max);
    }

    private void require(LayerEngine engine, String truth, double error) {
        if (!(error <= PeerAgreement.TOLERANCE)) {
            throw new IllegalStateException("%s must agree with %s to be timed: layer=%s, error=%.2e, allowed=%.0e"
                    .formatted(engine.subject(), truth, layer, error, PeerAgreement.TOLERANCE));
        }
    }

    private Subject subject(LayerEngine engine, LayerCaller caller) {
        OutputReader reader = new OutputReader();
        int[] next = {0};
        return new Subject(engine.subject(), 0, 1, Map.of(ERROR, errors.get(engine.subject())), () -> {
            reader.read(caller.call(next[0]));
            next[0] = (next[0] + 1) % batches.size();
        });
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
