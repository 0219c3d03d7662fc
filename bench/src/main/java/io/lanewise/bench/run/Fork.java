package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.bench.probe.BandwidthProbe;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;
import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.Rounds;

/** A JVM that measures one point and ends. */
public final class Fork {

    /** What is measured besides the points: bytes a second. */
    static final String BANDWIDTH = "probe/bandwidth";

    private Fork() {}

    /** Measures: mode, point, number of the fork, result file. */
    public static void main(String[] arguments) throws IOException {
        Mode mode = Mode.valueOf(arguments[0]);
        int fork = Integer.parseInt(arguments[2]);
        List<Measurement> measurements = measure(mode, arguments[1], fork);
        new ResultFile(Environment.here(), mode.command(), measurements).write(Path.of(arguments[3]));
    }

    private static List<Measurement> measure(Mode mode, String id, int fork) {
        if (id.equals(BANDWIDTH)) {
            return BandwidthProbe.measure(fork);
        }
        return Rounds.run(Point.find(mode.points(), id), fork, mode.rounds());
    }
}
