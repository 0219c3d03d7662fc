package io.lanewise.bench.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;
import io.lanewise.bench.rounds.Point;

/** One run over all points. A fork that fails costs its figures, not those of the others. */
public final class BenchRun {

    private final Mode mode;
    private final Path results;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Prepares a run that writes {@code lanewise.json} into a directory. */
    public BenchRun(Mode mode, Path results) {
        this.mode = mode;
        this.results = results;
    }

    /** Measures everything and says whether every fork ended well. */
    public boolean run(PrintStream out) throws IOException, InterruptedException {
        Environment environment = Environment.here();
        clear();
        Forks forks = new Forks(mode, results.resolve("forks.log"));
        List<String> points = new ArrayList<>(List.of(Fork.BANDWIDTH));
        mode.points().stream().map(Point::id).forEach(points::add);
        try (Progress progress = new Progress(out, "bench", points.size() * mode.forks())) {
            for (int fork = 0; fork < mode.forks(); fork++) {
                for (String point : points) {
                    progress.start(point);
                    measure(forks, point, fork);
                }
            }
        }
        new ResultFile(environment, mode.command(), measurements).write(results.resolve("lanewise.json"));
        failures.forEach(out::println);
        return failures.isEmpty();
    }

    /** Empties the directory, so that no report mixes two runs. */
    private void clear() throws IOException {
        Files.createDirectories(results);
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void measure(Forks forks, String point, int fork) throws InterruptedException {
        try {
            measurements.addAll(forks.measure(point, fork));
        } catch (IOException failure) {
            failures.add(failure.getMessage());
        }
    }
}
