package io.lanewise.bench.layers;

import java.util.concurrent.TimeUnit;

import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One layer by one subject, in detail: with JMH's profilers, and its own statistics. Naive loops do one sample of a batch a
 * call, which only the report scales.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LayerBenchmark {

    /** The kind of layer. */
    @Param({"padding-masks", "self-attention", "single-attention", "co-attention", "co-concat-attention",
            "co-siamese-attention", "scaled-dot-product-attention", "masked-scaled-dot-product-attention",
            "multi-head-attention", "masked-multi-head-attention", "soft-knn", "position-wise-feed-forward",
            "masked-position-wise-feed-forward", "self-transformer-layer", "self-transformer", "self-attention-stack",
            "single-attention-stack", "co-attention-stack", "co-concat-attention-stack", "co-siamese-attention-stack",
            "crossover-transformer", "masked-crossover-transformer"})
    public String kind;

    /** The batch. */
    @Param({"1", "128"})
    public String samples;

    /** How many rows are valid. */
    @Param({"full", "real"})
    public String lengths;

    /** Who runs it. */
    @Param({"naive", "unfused", "lanewise"})
    public String subject;

    private Setup setup;
    private Runnable work;

    /** Makes the model and its sessions, and refuses answers that disagree. */
    @org.openjdk.jmh.annotations.Setup
    public void prepare() {
        String id = "layer/%s/B=%s:lengths=%s".formatted(kind, samples, lengths);
        setup = Point.find(LayerPoints.all(), id).setup().get();
        work = Subject.find(setup.subjects(), subject).work();
    }

    /** Runs the layer once. */
    @Benchmark
    public void run() {
        work.run();
    }

    /** Closes the sessions and the model. */
    @TearDown
    public void close() {
        setup.close();
    }
}
