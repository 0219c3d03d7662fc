package io.lanewise.bench.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.bench.Deviation;
import io.lanewise.bench.ExpectedAnswer;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.graph.Graph;
import io.lanewise.planner.Planner;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;

/** One model, its naive loops and any number of sessions with different planner passes, all on the same batch. */
final class LayerRuns implements Setup {

    private static final int COMPARED_SAMPLES = 2;

    private final Model model;
    private final PaddedBatch batch;
    private final PaddedBatch few;
    private final ExpectedAnswer expected;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();

    private LayerRuns(LayerCase layer) {
        model = layer.model();
        batch = layer.batch();
        few = batch.first(Math.min(COMPARED_SAMPLES, layer.samples()));
        Graph graph = model.graph(batch.names());
        expected = ExpectedAnswer.near(ReferenceExecutor.floats().run(graph, few.forReference()),
                layer.allowedError());
        subjects.add(naive(graph));
    }

    /** Naive loops cost the same for every sample: of a batch they do one. */
    private Subject naive(Graph graph) {
        ReferenceInputs one = batch.first(1).forReference();
        return new Subject("naive", LayerCase.written(model, batch), 1.0 / batch.samples(),
                () -> ReferenceExecutor.floats().run(graph, one));
    }

    /** Sets up naive loops, the plan op by op, and the plan. */
    static LayerRuns ofLayer(LayerCase layer) {
        LayerRuns runs = new LayerRuns(layer);
        runs.add("unfused", runs.batch, Planner.FUSE);
        runs.add("lanewise", runs.batch);
        return runs;
    }

    /** Sets up the parts of the gain: naive loops, kernels alone, padding skipped, then one planner pass after the other. */
    static LayerRuns ofAblation(LayerCase layer) {
        LayerRuns runs = new LayerRuns(layer);
        runs.add("kernel", runs.batch.withoutPadding(), LayerCase.passesAfter(0));
        runs.add("skip", runs.batch, LayerCase.passesAfter(0));
        for (int pass = 0; pass < Planner.passNames().size(); pass++) {
            runs.add(Planner.passNames().get(pass), runs.batch, LayerCase.passesAfter(pass + 1));
        }
        return runs;
    }

    private void add(String subject, PaddedBatch timed, String... passesOff) {
        Session session = model.newSession(batch.sessionOptions().without(passesOff));
        sessions.add(session);
        requireAgreement(subject, session.run(few.forSession()));
        Inputs inputs = timed.forSession();
        subjects.add(new Subject(subject, LayerCase.multiplyAdds(model, timed, Set.of(passesOff)),
                () -> session.run(inputs)));
    }

    private void requireAgreement(String subject, Outputs outputs) {
        Deviation deviation = expected.deviation(outputs);
        if (deviation.isWrong()) {
            throw new IllegalStateException(
                    "what is timed must agree with naive loops: layer=%s, subject=%s, error=%.2e, "
                            .formatted(model.layer(), subject, deviation.error()) + "allowed=" + deviation.allowed());
        }
    }

    @Override
    public List<Subject> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        model.close();
    }
}
