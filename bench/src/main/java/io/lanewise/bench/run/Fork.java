package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.probe.BandwidthProbe;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;
import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.Rounds;

/** A JVM that does one job and ends. A point that fails costs its own figures, not those of the others. */
public final class Fork {

    /** What is measured besides the points: bytes a second. */
    static final String BANDWIDTH = "probe/bandwidth";

    private final Mode mode;
    private final int fork;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private Fork(Mode mode, int fork) {
        this.mode = mode;
        this.fork = fork;
    }

    /** Measures: mode, name of the job, number of the fork, result file. */
    public static void main(String[] arguments) throws IOException {
        Fork fork = new Fork(Mode.valueOf(arguments[0]), Integer.parseInt(arguments[2]));
        fork.measure(arguments[1]);
        new ResultFile(Environment.here(), fork.mode.command(), fork.measurements, fork.failures)
                .write(Path.of(arguments[3]));
    }

    private void measure(String name) {
        if (name.equals(BANDWIDTH)) {
            measurements.addAll(BandwidthProbe.measure(fork));
            return;
        }
        Job job = Job.find(mode.jobs(), name);
        job.points().forEach(point -> measure(job, point));
    }

    private void measure(Job job, Point point) {
        try {
            measurements.addAll(Rounds.run(point, fork, job.rounds()));
        } catch (RuntimeException failure) {
            failure.printStackTrace(); // to the log
            failures.add("%s, fork %d: %s".formatted(point.id(), fork, failure.getMessage()));
        }
    }
}
