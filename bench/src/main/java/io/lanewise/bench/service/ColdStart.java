package io.lanewise.bench.service;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lanewise.bench.ProcessMemory;
import io.lanewise.bench.ProcessTime;
import io.lanewise.bench.peers.PeerEnvironment;
import io.lanewise.bench.result.Environment;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;

/**
 * Watches a process from the moment when somebody asked for it until it is as fast as it gets. Parts of the start:
 *
 * <pre>
 *   jvm         until the JVM says that it has started
 *   launch      until main is entered: the class path, the first class
 *   main        until all that the bench itself needs is there: its classes, the request
 *   open        the engine's classes and native libraries, and the model
 *   session     what a caller of its own needs, where that is told apart
 *   first-run   until the first answer
 * </pre>
 *
 * <p>Does next to nothing itself before the first answer; then it loads the JVM's beans, some 50 ms that are part of the time until
 * steady, for every engine alike. Processor time of the parts {@code jvm} and {@code launch} is read as one, as the latter's. For one thread.
 */
final class ColdStart {

    static final String SUITE = "cold";
    static final String MAIN = "main";
    static final String OPEN = "open";
    static final String SESSION = "session";
    private static final String LAUNCH = "launch";
    private static final String FIRST_RUN = "first-run";

    /**
     * What is called for so long at least has compiled what it is called with. After five seconds scalar loops, which serve until vectors
     * are compiled, still passed for steady in every other start.
     */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private static final String ASKED = "lanewise.bench.asked";
    private static final String ENGINE = "lanewise.bench.engine";

    /** The end of a part, by the machine's clock, and the processor time until then. */
    private record Moment(String part, long clock, double cpuNanos) {}

    private final long asked = Long.getLong(ASKED);
    private final List<Moment> moments = new ArrayList<>();

    /** Is the first thing that main does. */
    ColdStart() {
        reached(LAUNCH);
    }

    /** Returns what the process is to be started with, at once. */
    static List<String> flags(Class<?> engine) {
        return List.of("--enable-native-access=ALL-UNNAMED", // peers are native
                "-D" + ENGINE + "=" + engine.getName(), "-D" + ASKED + "=" + clock());
    }

    /** Returns the name of the class that {@link #flags} were made for. */
    static String engine() {
        return System.getProperty(ENGINE);
    }

    private static long clock() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Ends a part. */
    void reached(String part) {
        moments.add(new Moment(part, clock(), ProcessTime.nanos()));
    }

    /** Calls for the first time and then until it is steady, no longer than the job says, and writes the figures. */
    void watch(ServiceJob job, Runnable call) throws IOException {
        call.run();
        reached(FIRST_RUN);
        ColdCalls calls = new ColdCalls(call, job.count(), LEAST, job.interval());
        double peak = ProcessMemory.peak(); // before anything else is loaded
        PeerEnvironment.requireClean();
        List<Measurement> figures = new ArrayList<>(parts(job));
        figures.addAll(steady(job, calls));
        figures.add(job.figure(SUITE, "peak-resident", "bytes", peak));
        new ResultFile(Environment.here(), ServiceSuite.COMMAND, figures, List.of()).write(job.result());
    }

    private List<Measurement> parts(ServiceJob job) {
        List<Measurement> figures = new ArrayList<>(List.of(nanos(job, "first-answer", firstAnswer()),
                nanos(job, "first-answer-cpu", moments.getLast().cpuNanos)));
        long clock = TimeUnit.MILLISECONDS.toNanos(ManagementFactory.getRuntimeMXBean().getStartTime());
        figures.add(nanos(job, "jvm", clock - asked));
        double cpu = 0;
        for (Moment moment : moments) {
            figures.add(nanos(job, moment.part, moment.clock - clock));
            figures.add(nanos(job, moment.part + "-cpu", moment.cpuNanos - cpu));
            clock = moment.clock;
            cpu = moment.cpuNanos;
        }
        return figures;
    }

    private long firstAnswer() {
        return moments.getLast().clock - asked;
    }

    private List<Measurement> steady(ServiceJob job, ColdCalls calls) {
        List<Measurement> figures = new ArrayList<>(List.of(nanos(job, "steady-call", calls.settling().steady())));
        calls.firstSteadyCall().ifPresent(call -> {
            Usage usage = calls.usage(call);
            figures.add(nanos(job, "steady", firstAnswer() + calls.until(call)));
            figures.add(nanos(job, "steady-cpu", usage.cpuNanos()));
            figures.add(nanos(job, "steady-compilation", usage.compilationNanos()));
            figures.add(job.figure(SUITE, "steady-allocated", "bytes", usage.allocatedBytes()));
        });
        return figures;
    }

    private static Measurement nanos(ServiceJob job, String name, double value) {
        return job.figure(SUITE, name, "ns", value);
    }
}
