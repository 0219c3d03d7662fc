package io.lanewise.bench.demo;

import io.lanewise.Inputs;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.bench.Timing;
import io.lanewise.bench.Timing.Timed;
import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;

/** A recorded case with naive loops and the plan ready to run on it. Closes the case. */
final class Duel implements AutoCloseable {

    private final RecordedCase layer;
    private final Graph graph;
    private final ReferenceInputs naiveInputs;
    private final Session session;
    private final Inputs inputs;

    Duel(RecordedCase layer) {
        this.layer = layer;
        this.graph = layer.model().graph(layer.batch().names());
        this.naiveInputs = layer.batch().forReference();
        this.session = layer.model().newSession(layer.batch().sessionOptions());
        this.inputs = layer.batch().forSession();
    }

    String name() {
        return layer.name();
    }

    Object runNaive() {
        return ReferenceExecutor.floats().run(graph, naiveInputs);
    }

    Outputs runPlan() {
        return session.run(inputs);
    }

    /** Times both and compares the plan's answer with the published code's. */
    Result result(Timing timing, PassLegend legend) {
        Timed<Object> naive = timing.median(this::runNaive);
        Timed<Outputs> plan = timing.median(this::runPlan);
        return new Result(layer.name(), layer.batch().describe(),
                legend.letters(layer.model().passes(layer.batch().sessionOptions())),
                layer.expected().deviation(plan.result()), naive.nanos(), plan.nanos());
    }

    @Override
    public void close() {
        session.close();
        layer.close();
    }
}
