package io.lanewise.kernels.choice;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.lanewise.kernels.CallSize;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.KernelStatus.State;
import io.lanewise.kernels.KernelTrial;
import io.lanewise.kernels.KernelTrials;

/**
 * Tries kernels that are needed, in the background, until they allocate nothing, and takes them into service then. One thread, a
 * daemon of low priority, which ends when there is nothing left to try. A kernel that does not come to it is tried once more with
 * classes of its own, and after a few of those left to its scalar twin.
 *
 * <p>What passes until then is the compilers' time, and what is called before vectors are compiled makes objects of them. So a
 * kernel's tiles are begun a few at a time, as C2 comes through: all at once C2 would fall behind, and C1 compile everything once
 * more, for the time until C2 comes to it. Tried and dropped: waiting, before the calls for C2, until a tile has become four times as
 * fast, which was to tell that C1 had compiled it. Where vectors' methods are compiled C1 makes half of that, so that most tiles
 * waited until C2 had come by itself: two to three seconds, a tenth for each.
 *
 * <p>What calls ask for comes first: of a form with many tiles, those that calls of the {@linkplain CallSize sizes} that twins have
 * served reach, by a trial of that size; then forms of few tiles; then all tiles. On two processors that are also busy with requests,
 * 12 tokens to all-MiniLM-L6-v2 were steady after three seconds so, and after four to five with all tiles at once.
 *
 * <p>Thread-safe.
 */
final class Admission {

    /** Rounds that make as many calls as C2 waits for. */
    private static final int ASKING_ROUNDS = 22;

    /** Parts that C2 may have before it at once; what it has had for so long it may never come to. */
    private static final int AHEAD = 3;
    private static final long OVERDUE_NANOS = 1_000_000_000;

    /** What is not clean yet gets more calls with nothing to do than with something, which leave garbage. */
    private static final int IDLE_ROUNDS = 4;
    private static final long PAUSE_NANOS = 8_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    private static final int CLEAN_CALLS = 3;

    /** Sizes of a form's calls that are tried by themselves. */
    private static final int MOST_SIZES = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<KernelForm, KernelStatus> needed = new EnumMap<>(KernelForm.class);
    private final boolean[] asked = new boolean[KernelForm.values().length]; // read without the lock: late is soon enough
    private final CallSizes sizes = new CallSizes(); // that were asked for
    private final Deque<CallSize> sizesToTry = new ArrayDeque<>(); // of those, not begun
    private final Deque<Runnable> errands = new ArrayDeque<>();
    private final AdmissionRules rules;
    private final Copies copies;
    private final Consumer<Thread> starter;
    private ServedKernels served;
    private LongSupplier allocatedBytes; // of the calling thread
    private int users;
    private Thread thread; // null while nothing is tried

    Admission(AdmissionRules rules) {
        this(rules, new Copies(), Thread::start);
    }

    /** Takes what fails where a test wants it to. */
    Admission(AdmissionRules rules, Copies copies, Consumer<Thread> starter) {
        this.rules = rules;
        this.copies = copies;
        this.starter = starter;
    }

    /** Says who serves. */
    void admitTo(ServedKernels kernels) {
        served = kernels;
    }

    Copies copies() {
        return copies;
    }

    /**
     * Has kernels tried that are not yet, until they are or {@link #release} was called as often as this; an errand is run
     * by then, or by the time when only forms of many tiles are left.
     */
    void prepare(Set<KernelForm> forms, LongSupplier allocated, Runnable errand) {
        lock.lock();
        try {
            allocatedBytes = allocated;
            users++;
            errands.add(errand);
            need(forms);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that somebody needs kernels no more; without anybody, none is tried. */
    void release() {
        lock.lock();
        try {
            users--;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a twin serves: what nobody has prepared is tried all the same. */
    void called(KernelForm form) {
        if (asked[form.ordinal()]) {
            return;
        }
        lock.lock();
        try {
            need(Set.of(form));
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a twin serves a call of a size: the first few of a form are tried before anything else. */
    void called(KernelForm form, long size) {
        called(form);
        if (size == 0 || isKnown(form, size)) {
            return;
        }
        lock.lock();
        try {
            if (!isKnown(form, size)) {
                sizes.add(form, size);
                if (needed.get(form).state() == State.WAITING && !rules.spoils(form, 1)) {
                    sizesToTry.add(CallSize.of(form, size));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says whether calls of a size were noted, or as many others as are. */
    private boolean isKnown(KernelForm form, long size) {
        return sizes.has(form, size) || sizes.count(form) == MOST_SIZES;
    }

    private void need(Set<KernelForm> forms) {
        for (KernelForm form : forms) {
            asked[form.ordinal()] = true;
            needed.putIfAbsent(form, new KernelStatus(form, State.WAITING, 1));
        }
        if (thread == null && users > 0 && (isAnyWaiting() || !errands.isEmpty())) {
            startThread();
        }
    }

    /** Starts the thread, or leaves all to their twins where the system lets the process have no more threads. */
    private void startThread() {
        try {
            thread = new Thread(null, this::tryAll, "lanewise-kernels", 0, false);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            starter.accept(thread);
        } catch (OutOfMemoryError noThread) {
            if (isAnyWaiting()) {
                giveUp(noThread);
            } else {
                thread = null;
                errands.clear();
            }
        }
    }

    /** Waits until no kernel is tried any more, at most for a while and unless interrupted, and says whether that is so. */
    boolean await(Duration most) {
        long left = most.toNanos();
        lock.lock();
        try {
            while (left > 0 && isAnyWaiting()) {
                left = changed.awaitNanos(left);
            }
            return !isAnyWaiting();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !isAnyWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** Not a constant: a JVM's first logger takes 9 ms of its start, and most JVMs have nothing to say. */
    private static System.Logger logger() {
        return System.getLogger(Admission.class.getName());
    }

    private boolean isAnyWaiting() {
        return needed.values().stream().anyMatch(status -> status.state() == State.WAITING);
    }

    /** Returns how all forms run that are needed. */
    List<KernelStatus> statuses() {
        lock.lock();
        try {
            return List.copyOf(needed.values());
        } finally {
            lock.unlock();
        }
    }

    // ---------------------------------------------------------------- the thread

    private void tryAll() {
        try (Trials trials = new Trials()) {
            for (Runnable next = next(trials); next != null; next = next(trials)) {
                next.run();
                trials.step();
            }
        } catch (Throwable failure) { // an error, too, must leave nobody waiting
            giveUp(failure);
        }
    }

    /** Returns what to do now: begin a trial, only go on with others, or run an errand; null if there is nothing left or nobody needs it. */
    private Runnable next(Trials trials) {
        lock.lock();
        try {
            if (users == 0) {
                errands.clear();
                thread = null;
                return null;
            }
            CallSize size = trials.mayAsk() ? sizesToTry.poll() : null;
            if (size != null) {
                return () -> trials.begin(size);
            }
            KernelStatus whole = nextWhole(trials);
            if (whole == null && !trials.isDone()) {
                return () -> {};
            }
            if ((whole == null || whole.form().hasSizes()) && !errands.isEmpty()) {
                return errands.poll(); // before what takes longest, and may serve by its sizes already
            }
            if (whole == null) {
                thread = null;
                return null;
            }
            return () -> trials.begin(whole);
        } finally {
            lock.unlock();
        }
    }

    /** Returns what to begin as a whole, if anything: forms of many tiles come last, since calls' own sizes may serve before. */
    private KernelStatus nextWhole(Trials trials) {
        return needed.values().stream()
                .filter(status -> status.state() == State.WAITING && trials.mayBegin(status))
                .min(Comparator.comparing(status -> status.form().hasSizes())).orElse(null);
    }

    private void decide(KernelStatus status) {
        lock.lock();
        try {
            needed.put(status.form(), status);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Decides first: what the application does with a log may fail, too. */
    private void giveUp(Throwable failure) {
        lock.lock();
        try {
            thread = null;
            errands.clear(); // nothing would run them, and they hold sessions
            needed.replaceAll((form, status) -> status.state() == State.WAITING
                    ? new KernelStatus(form, State.SCALAR, status.copy())
                    : status);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        logger().log(Level.WARNING, "Lanewise stays on scalar loops where they serve now: kernels could not be tried",
                failure);
    }

    /** A part of a kernel's trial, from the first call to a few that allocate nothing. */
    private static final class Part {
        private final KernelTrial trial;
        private final int number;
        private final long start = System.nanoTime();
        private int clean;

        Part(KernelTrial trial, int number) {
            this.trial = trial;
            this.number = number;
        }

        boolean isOverdue() {
            return System.nanoTime() - start > OVERDUE_NANOS;
        }

        /** Makes the calls that C1 and C2 wait for. */
        void ask() {
            for (int round = 0; round < ASKING_ROUNDS; round++) {
                trial.round(number);
            }
        }

        /** Looks whether it is compiled, and if not, makes some more calls: C1 may have been late. */
        boolean isClean(LongSupplier allocatedBytes) {
            while (clean < CLEAN_CALLS && trial.isClean(number, allocatedBytes)) {
                clean++;
            }
            if (clean < CLEAN_CALLS) {
                clean = 0;
                for (int i = 0; i < IDLE_ROUNDS; i++) {
                    trial.idle(number);
                }
            }
            return clean == CLEAN_CALLS;
        }
    }

    /** A kernel on trial, or one size of its calls: parts that are asked for a few at a time, and waited for. */
    private final class Candidate {
        private final KernelStatus status;
        private final CallSize size; // null for all
        private final KernelTrials operands;
        private final KernelTrial trial;
        private final List<Part> waiting = new ArrayList<>();
        private final long start = System.nanoTime();
        private int asked;

        Candidate(KernelStatus status) {
            this(status, null, KernelTrials.of(copies.get(status.copy() - 1), status.form()));
        }

        Candidate(CallSize size) {
            this(new KernelStatus(size.form(), State.WAITING, 1), size, KernelTrials.of(copies.get(0), size));
        }

        private Candidate(KernelStatus status, CallSize size, KernelTrials operands) {
            this.status = status;
            this.size = size;
            this.operands = operands;
            this.trial = operands.trial();
        }

        boolean isAsking() {
            return asked < trial.parts();
        }

        long ahead() {
            return waiting.stream().filter(part -> !part.isOverdue()).count();
        }

        void step(boolean mayAsk) {
            if (mayAsk && isAsking()) {
                Part part = new Part(trial, asked++);
                if (!part.isClean(allocatedBytes)) { // another kernel may have had it compiled
                    part.ask();
                    waiting.add(part);
                }
            }
            waiting.removeIf(part -> part.isClean(allocatedBytes));
        }

        boolean isClean() {
            return !isAsking() && waiting.isEmpty();
        }
    }

    /** The kernels on trial. For the one thread. */
    private final class Trials implements AutoCloseable {

        private final List<Candidate> candidates = new ArrayList<>();

        boolean isDone() {
            return candidates.isEmpty();
        }

        boolean mayBegin(KernelStatus status) {
            return mayAsk() && candidates.stream()
                    .noneMatch(candidate -> candidate.isAsking() || candidate.status.form() == status.form());
        }

        private boolean mayAsk() {
            return candidates.stream().mapToLong(Candidate::ahead).sum() < AHEAD;
        }

        void begin(CallSize size) {
            candidates.add(new Candidate(size));
        }

        void begin(KernelStatus status) {
            try {
                candidates.add(new Candidate(status));
            } catch (LinkageError unloaded) {
                leaveToTwin(status, unloaded);
            }
        }

        void step() {
            long start = System.nanoTime();
            boolean asking = false;
            for (Iterator<Candidate> all = candidates.iterator(); all.hasNext();) {
                Candidate candidate = all.next();
                boolean decided = step(candidate);
                asking |= !decided && candidate.isAsking() && mayAsk();
                if (decided) {
                    candidate.operands.close();
                    all.remove();
                }
            }
            if (!candidates.isEmpty() && !asking) {
                LockSupport.parkNanos(Math.clamp(4 * (System.nanoTime() - start), PAUSE_NANOS, LONGEST_PAUSE_NANOS));
            }
        }

        /** Says whether that has decided it. */
        private boolean step(Candidate candidate) {
            try {
                candidate.step(mayAsk());
                return isDecided(candidate);
            } catch (LinkageError unloaded) { // a class is loaded when it is called first
                leaveToTwin(candidate.status, unloaded);
                return true;
            }
        }

        /** What a copy cannot load says nothing of other kernels; the first one's classes are everybody's. */
        private void leaveToTwin(KernelStatus status, LinkageError unloaded) {
            if (status.copy() == 1) {
                throw unloaded;
            }
            decide(new KernelStatus(status.form(), State.SCALAR, status.copy()));
            logger().log(Level.WARNING,
                    "Lanewise runs a kernel many times slower than it could, on scalar loops: kernel="
                            + status.form().label() + ", because its classes could not be loaded once more",
                    unloaded);
        }

        private boolean isDecided(Candidate candidate) {
            KernelStatus status = candidate.status;
            if (candidate.size != null && candidate.isClean()) {
                served.serve(candidate.size);
                return true;
            }
            boolean spoilt = candidate.isClean() && rules.spoils(status.form(), status.copy());
            if (candidate.isClean() && !spoilt) {
                served.serve(status.form(), copies.get(status.copy() - 1));
                decide(new KernelStatus(status.form(), State.SIMD, status.copy()));
                return true;
            }
            if (!spoilt && System.nanoTime() - candidate.start < rules.patience().toNanos()) {
                return false;
            }
            if (candidate.size != null) {
                return true; // all of the form decides
            }
            if (status.copy() < rules.copies()) {
                decide(new KernelStatus(status.form(), State.WAITING, status.copy() + 1));
            } else {
                decide(new KernelStatus(status.form(), State.SCALAR, status.copy()));
                logger().log(Level.WARNING,
                        "Lanewise runs a kernel many times slower than it could, on scalar loops: kernel="
                                + status.form().label() + ", because C2 keeps its vectors as objects, in each of "
                                + rules.copies() + " copies of its classes");
            }
            return true;
        }

        @Override
        public void close() {
            candidates.forEach(candidate -> candidate.operands.close());
        }
    }

    /** Says how many forms run how. */
    String describe() {
        List<KernelStatus> all = statuses();
        StringBuilder text = new StringBuilder();
        append(text, all, State.WAITING, "; scalar loops until compiled: ");
        append(text, all, State.SCALAR, "; scalar loops for good: ");
        return text.toString();
    }

    private static void append(StringBuilder text, List<KernelStatus> all, State state, String what) {
        List<String> labels = all.stream().filter(status -> status.state() == state)
                .map(status -> status.form().label()).toList();
        if (!labels.isEmpty()) {
            text.append(what).append(String.join(", ", labels));
        }
    }
}
