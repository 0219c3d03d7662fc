package io.lanewise.bench.rounds;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.sun.management.ThreadMXBean;
import io.lanewise.bench.probe.FmaProbe;
import io.lanewise.bench.result.Measurement;
import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.choice.KernelChoice;

/**
 * Times the subjects of a point in turns, {@code probe A B probe A B … probe}, on the calling thread.
 *
 * <p>JMH times one benchmark after the other, minutes apart; on a shared machine only figures of the same moment can be
 * compared. A turn is as many calls as fill its time, and gives their mean.
 */
public final class Rounds {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration KERNELS = Duration.ofMinutes(1);
    private static final int WARM_UP_TURNS = 4;

    private final Point point;
    private final int fork;
    private final RoundPlan plan;
    private final FmaProbe probe = new FmaProbe();
    private final List<Measurement> measurements = new ArrayList<>();

    private Rounds(Point point, int fork, RoundPlan plan) {
        this.point = point;
        this.fork = fork;
        this.plan = plan;
    }

    /** Sets the point up and times it; the fork only goes into the figures. */
    public static List<Measurement> run(Point point, int fork, RoundPlan plan) {
        try (Setup setup = point.setup().get()) {
            Rounds rounds = new Rounds(point, fork, plan);
            rounds.run(setup.subjects());
            return rounds.measurements;
        }
    }

    private void run(List<Subject> subjects) {
        warmUp(subjects);
        for (Subject subject : subjects) {
            if (subject.multiplyAdds() > 0) {
                add(subject.name(), 0, "multiply-adds", subject.multiplyAdds());
            }
            subject.remarks().forEach((unit, value) -> add(subject.name(), 0, unit, value));
        }
        for (int round = 0; round < plan.rounds(); round++) {
            add(Measurement.PROBE, round, "gflops", probe.gflops());
            for (Subject subject : subjects) {
                add(subject.name(), round, "ns", nanosPerCall(subject.work(), plan.turn()) / subject.part());
                addReadings(subject, round);
            }
        }
        add(Measurement.PROBE, plan.rounds(), "gflops", probe.gflops());
    }

    /** Takes turns here too: while one subject runs, the others are compiled. Kernels are, before: scalar loops serve until then. */
    private void warmUp(List<Subject> subjects) {
        KernelChoice.prepare(Set.of(), THREADS::getCurrentThreadAllocatedBytes, () -> {});
        subjects.forEach(subject -> subject.work().run());
        requireKernels();
        KernelChoice.release();
        Duration turn = plan.warmUp().dividedBy(WARM_UP_TURNS);
        long[] spent = new long[subjects.size()];
        for (int round = 0; round < WARM_UP_TURNS; round++) {
            for (int i = 0; i < spent.length; i++) {
                if (spent[i] < plan.warmUp().toNanos()) { // one long call may be all of it
                    long start = System.nanoTime();
                    nanosPerCall(subjects.get(i).work(), turn);
                    spent[i] += System.nanoTime() - start;
                }
            }
        }
    }

    /** Requires that nothing is timed on a kernel's stand-in. */
    private void requireKernels() {
        KernelChoice.await(KERNELS);
        List<KernelStatus> slow = KernelChoice.statuses().stream()
                .filter(status -> status.state() != KernelStatus.State.SIMD).toList();
        if (!slow.isEmpty()) {
            throw new IllegalStateException(
                    "kernels must be compiled to be timed: point=%s, kernels=%s".formatted(point.name(), slow));
        }
    }

    private static double nanosPerCall(Runnable work, Duration least) {
        long start = System.nanoTime();
        long calls = 0;
        long nanos;
        do {
            work.run();
            calls++;
            nanos = System.nanoTime() - start;
        } while (nanos < least.toNanos());
        return (double) nanos / calls;
    }

    private void addReadings(Subject subject, int round) {
        subject.readings().get().forEach((unit, value) -> add(subject.name(), round, unit, value));
    }

    private void add(String subject, int round, String unit, double value) {
        measurements.add(new Measurement(point.suite(), point.name(), point.params(), subject, fork, round, unit,
                value));
    }
}
