package io.lanewise.bench.kernels;

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

/** One kernel by one subject, in detail: with JMH's profilers, and its own statistics. Points are those of the report. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

    /** The point, as the report names it. */
    @Param({"kernel/matmul/k=512:m=1:n=512", "kernel/matmul/k=512:m=15:n=512", "kernel/matmul/k=512:m=80:n=512",
            "kernel/matmul/k=512:m=128:n=512", "kernel/matmul/k=512:m=1920:n=2048", "kernel/matmul/k=2048:m=1920:n=512",
            "kernel/row-scores/features=512:keys=80:rows=15", "kernel/row-scores/features=512:keys=80:rows=80",
            "kernel/row-context/features=512:keys=80:rows=15", "kernel/row-context/features=512:keys=80:rows=80",
            "kernel/masked-softmax/keys=80:rows=80", "kernel/fused-norm/features=512:rows=80"})
    public String point;

    /** Who runs it; naive loops are there for the matrix product alone. */
    @Param({"lanewise", "scalar"})
    public String subject;

    private Setup setup;
    private Runnable work;

    /** Lays the operands out, and refuses implementations that disagree. */
    @org.openjdk.jmh.annotations.Setup
    public void prepare() {
        setup = Point.find(KernelPoints.all(), point).setup().get();
        work = Subject.find(setup.subjects(), subject).work();
    }

    /** Calls the kernel once. */
    @Benchmark
    public void run() {
        work.run();
    }

    /** Frees the operands. */
    @TearDown
    public void close() {
        setup.close();
    }
}
