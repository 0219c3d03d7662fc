package io.lanewise.bench.soak;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.lanewise.Inputs;
import io.lanewise.Outputs;
import io.lanewise.Session;

/**
 * One thread of a soak, with sessions of its own for every model: runs random requests as fast as it can. Now and then it has
 * the same answer computed by a session of several threads and compares the bits.
 */
final class SoakCaller implements Callable<SoakTally> {

    private static final int CHECK_EVERY = 100; // runs
    private static final int CHECK_THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final SoakModels models;
    private final SoakClock clock;
    private final RandomGenerator random;

    SoakCaller(SoakModels models, SoakClock clock, long seed) {
        this.models = models;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public SoakTally call() {
        List<Session> sessions = sessions(1);
        List<Session> others = sessions(CHECK_THREADS);
        SoakTally tally = new SoakTally(models.size());
        sessions.forEach(Session::warmUp);
        others.forEach(Session::warmUp);
        for (long run = 0; !clock.isOver(); run++) {
            int model = random.nextInt(models.size());
            Inputs inputs = models.request(model, random);
            Outputs outputs = run(sessions.get(model), inputs, model, tally);
            if (run % CHECK_EVERY == 0) {
                requireSame(outputs, others.get(model).run(inputs), model);
                tally.checked();
            }
        }
        return tally;
    }

    private List<Session> sessions(int threads) {
        return IntStream.range(0, models.size()).mapToObj(model -> models.session(model, threads)).toList();
    }

    private Outputs run(Session session, Inputs inputs, int model, SoakTally tally) {
        boolean counts = clock.isWarm();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        Outputs outputs = session.run(inputs);
        long nanos = System.nanoTime() - start;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        if (counts) {
            tally.ran(model, nanos);
            if (bytes > 0) {
                tally.allocated(bytes, models.name(model) + describe(inputs));
            }
        } else if (bytes > 0) {
            clock.allocated();
        }
        return outputs;
    }

    private static String describe(Inputs inputs) {
        return inputs.names().stream().map(name -> ", " + name + Arrays.toString(inputs.shape(name)))
                .collect(Collectors.joining());
    }

    private void requireSame(Outputs outputs, Outputs others, int model) {
        for (String name : outputs.names()) {
            long place = outputs.segment(name).mismatch(others.segment(name));
            if (place >= 0) {
                throw new IllegalStateException(
                        "an answer must have the same bits on one thread and on several: layer=%s, output=%s, byte=%d"
                                .formatted(models.name(model), name, place));
            }
        }
    }
}
