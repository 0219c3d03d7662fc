package io.lanewise.bench.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.lanewise.Lanewise;
import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.peers.PeerPoints;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;

/** One run over all jobs. A fork that fails costs its figures, not those of the others. */
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

    /**
     * Measures everything; the result file also says what could not be measured. A mode without jobs has no such file.
     */
    public void run(PrintStream out) throws IOException, InterruptedException {
        clear();
        if (mode.jobs().isEmpty()) {
            return;
        }
        Path log = results.resolve("forks.log");
        Environment environment = introduce(out, log);
        Forks forks = new Forks(mode, log);
        List<Job> jobs = mode.jobs();
        try (Progress progress = new Progress(out, "bench", 1 + jobs.stream().mapToInt(Job::forks).sum())) {
            progress.start(Fork.BANDWIDTH);
            measure(forks, Fork.BANDWIDTH, 0);
            for (int fork = 0; fork < mostForks(jobs); fork++) {
                for (Job job : jobs) {
                    if (fork < job.forks()) {
                        progress.start(job.name());
                        measure(forks, job.name(), fork);
                    }
                }
            }
        }
        new ResultFile(environment, mode.command(), measurements, failures).write(results.resolve("lanewise.json"));
    }

    private Map<String, String> callRoll(Path log) throws InterruptedException {
        try {
            return RollCall.of(PeerPoints.subjects(mode.points()), log);
        } catch (IOException failure) {
            failures.add(failure.getMessage());
            return Map.of();
        }
    }

    /** Says who is measured, and what of the environment they do not see. */
    private Environment introduce(PrintStream out, Path log) throws InterruptedException {
        Map<String, String> settings = PeerEnvironment.settings(System.getenv());
        if (!settings.isEmpty()) {
            out.printf("kept from all that is measured: %s%n", PeerEnvironment.said(settings));
        }
        out.printf("lanewise: %s%n", Lanewise.describe());
        Map<String, String> peers = callRoll(log);
        peers.forEach((peer, answer) -> out.printf("%s: %s%n", peer, answer));
        return Environment.here().withPeers(peers);
    }

    private static int mostForks(List<Job> jobs) {
        return jobs.stream().mapToInt(Job::forks).max().orElse(0);
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

    private void measure(Forks forks, String job, int fork) throws InterruptedException {
        try {
            ResultFile done = forks.measure(job, fork);
            measurements.addAll(done.measurements());
            failures.addAll(done.failures());
        } catch (IOException failure) {
            failures.add(failure.getMessage());
        }
    }
}
