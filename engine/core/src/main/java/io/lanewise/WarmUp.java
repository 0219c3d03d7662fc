package io.lanewise;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.Stream;

/**
 * Waits for the kernels, then runs a session on made-up inputs, until everything that its shapes can reach is compiled.
 *
 * <p>Kernels are compiled in the background, from the session's opening on. What is run here are requests whose lengths differ as much
 * as requests can: one sample of every small length, longer ones and batches, with padding told and untold.
 *
 * <p>Vectors that are not compiled yet are objects, so a request is done with when it allocates nothing. What has no vectors is
 * run some thousand times: a thread that asks C2 for a method allocates, too, as it makes the texts of the method's class.
 */
final class WarmUp {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int[] LENGTHS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 23, 33, 47, 60,
            80, 96};
    private static final int SHORT = 8; // of them
    private static final int OTHER_LENGTH = 8; // the lengths of two streams are so many places apart, and in both orders
    private static final int LONGEST = 96; // rows of a sample in a batch
    private static final int SAMPLES = 8;
    private static final int CLEAN_RUNS = 5;
    private static final int RUNS = 6000; // C2 compiles what was called 5000 times
    private static final Duration RUNNING = Duration.ofMillis(500); // at most
    private static final double FASTER = 0.95;
    private static final int SETTLED_RUNS = 10;
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Duration TOLD = Duration.ofSeconds(1); // how often, of progress

    private final Door door;
    private final Consumer<Inputs> session;
    private final Consumer<WarmUpProgress> progress;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private long deadline;

    WarmUp(Door door, Consumer<Inputs> session, Consumer<WarmUpProgress> progress) {
        this.door = door;
        this.session = session;
        this.progress = progress;
    }

    /** Returns how long it took. */
    Duration run() {
        long start = System.nanoTime();
        awaitKernels();
        List<Inputs> requests = requests();
        requests.forEach(session);
        awaitKernels(); // those that not every run calls
        deadline = System.nanoTime() + MOST.toNanos();
        requests.forEach(this::untilNothingIsAllocated);
        untilCalledOften(requests.subList(0, SHORT));
        boolean clean = false;
        while (!clean && inTime()) {
            clean = requests.stream().mapToLong(this::allocated).sum() == 0;
        }
        untilNoFaster(requests.getLast());
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void awaitKernels() {
        while (!KernelChoice.await(TOLD) && !Thread.currentThread().isInterrupted()) {
            tell();
        }
        tell();
    }

    private void tell() {
        List<KernelStatus> statuses = KernelChoice.statuses();
        List<String> waiting = names(statuses, KernelStatus.State.WAITING);
        List<String> scalar = names(statuses, KernelStatus.State.SCALAR);
        progress.accept(new WarmUpProgress(statuses.size(), statuses.size() - waiting.size() - scalar.size(), waiting,
                scalar));
    }

    private static List<String> names(List<KernelStatus> statuses, KernelStatus.State state) {
        return statuses.stream().filter(status -> status.state() == state).map(status -> status.form().label())
                .toList();
    }

    private void untilNothingIsAllocated(Inputs request) {
        int clean = 0;
        while (clean < CLEAN_RUNS && inTime()) {
            clean = allocated(request) == 0 ? clean + 1 : 0;
        }
    }

    private void untilCalledOften(List<Inputs> requests) {
        long end = System.nanoTime() + RUNNING.toNanos();
        for (int run = 0; run < RUNS && System.nanoTime() < end; run++) {
            session.accept(requests.get(run % requests.size()));
        }
    }

    /** Runs until no run has been faster for a while: what is compiled without vectors counts, too. */
    private void untilNoFaster(Inputs request) {
        long best = Long.MAX_VALUE;
        int sinceBest = 0;
        while (sinceBest < SETTLED_RUNS && inTime()) {
            long before = System.nanoTime();
            session.accept(request);
            long time = System.nanoTime() - before;
            sinceBest = time < best * FASTER ? 0 : sinceBest + 1;
            best = Math.min(best, time);
        }
    }

    private boolean inTime() {
        return System.nanoTime() < deadline;
    }

    private long allocated(Inputs request) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        session.accept(request);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    // ---------------------------------------------------------------- requests

    /** What follows the valid rows: nothing; zeros, told or left to be found; or what is told to be padding and holds anything. */
    private enum Padding {
        NONE, TOLD, FOUND, RUBBISH
    }

    private List<Inputs> requests() {
        List<Inputs> requests = new ArrayList<>();
        for (int i = 0; i < LENGTHS.length; i++) {
            int first = LENGTHS[i];
            int other = LENGTHS[(i + OTHER_LENGTH) % LENGTHS.length];
            Padding padding = Padding.values()[i % Padding.values().length];
            int paddingRows = padding == Padding.NONE ? 0 : 1 + i % 5; // where every row counts, padded lengths differ, too
            requests.add(request(1, stream -> stream == 0 ? first : other, rows -> rows + paddingRows, padding));
        }
        int batch = Math.min(door.limits().maxBatch(), SAMPLES);
        int more = AttendStep.KEYS_AT_ONCE + 1;
        requests.add(request(1, _ -> more, rows -> rows, Padding.NONE));
        requests.add(request(batch, _ -> random.nextInt(LONGEST), _ -> LONGEST, Padding.FOUND));
        requests.add(request(batch, _ -> random.nextInt(LONGEST), _ -> LONGEST, Padding.TOLD));
        return requests;
    }

    /** Makes up a request; padded and valid lengths as wished, as far as the session allows. */
    private Inputs request(int batch, IntUnaryOperator validOfStream, IntUnaryOperator paddedOfValid, Padding padding) {
        Slot[] slots = door.slots();
        Inputs inputs = Inputs.none();
        for (int i = 0; i < slots.length; i++) {
            Stream stream = slots[i].stream();
            int most = door.limits().maxLength(stream);
            int padded = Math.min(paddedOfValid.applyAsInt(validOfStream.applyAsInt(stream.index())), most);
            int least = stream.isRagged() ? 1 : 0;
            int[] valid = IntStream.range(0, batch * stream.sequences())
                    .map(_ -> Math.clamp(validOfStream.applyAsInt(stream.index()), least, padded)).toArray();
            boolean tellsPadding = (padding != Padding.FOUND || stream.isRagged()) && !stream.isOne()
                    && door.names()[i].equals(stream.source());
            inputs.and(door.names()[i], tensor(i, batch, valid, padded, padding), tellsPadding ? valid : new int[0]);
        }
        return inputs;
    }

    private Tensor tensor(int input, int batch, int[] valid, int padded, Padding padding) {
        Slot slot = door.slots()[input];
        if (door.isIds(input)) {
            return ids(batch, valid, padded, door.idEnd(input));
        }
        if (slot.stream().isOne()) {
            int features = slot.layout().features();
            return Tensor.copyOf(numbers(valid, 1, features, true), batch, features);
        }
        int features = slot.keys() == null ? slot.layout().features() : padded;
        return Tensor.copyOf(numbers(valid, padded, features, padding == Padding.RUBBISH), batch, padded, features);
    }

    private Tensor ids(int batch, int[] valid, int padded, int end) {
        int[] ids = random.ints((long) valid.length * padded, 0, end).toArray();
        return valid.length == batch
                ? Tensor.ids(ids, batch, padded)
                : Tensor.ids(ids, batch, valid.length / batch, padded);
    }

    private float[] numbers(int[] valid, int padded, int features, boolean rubbish) {
        float[] floats = new float[Math.multiplyExact(valid.length * padded, features)];
        for (int sample = 0; sample < valid.length; sample++) {
            int from = sample * padded * features;
            int end = from + (rubbish ? padded : valid[sample]) * features;
            for (int i = from; i < end; i++) {
                floats[i] = (float) random.nextGaussian();
            }
        }
        return floats;
    }
}
