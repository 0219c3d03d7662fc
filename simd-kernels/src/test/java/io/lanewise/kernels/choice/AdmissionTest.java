package io.lanewise.kernels.choice;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lanewise.kernels.CallSize;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.KernelStatus.State;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.scalar.ScalarKernels;
import io.lanewise.kernels.simd.SimdKernels;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever fails, nobody is left waiting. */
@DisabledIfSystemProperty(named = KernelChoice.BITS_PROPERTY, matches = "0")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
@Isolated("handles what is logged")
class AdmissionTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Set<KernelForm> FORMS = EnumSet.of(KernelForm.ADD, KernelForm.MAX);

    /** With this, whatever is called was compiled long ago. */
    private static final LongSupplier NOTHING_ALLOCATED = () -> 0;

    private final Logger logger = Logger.getLogger(Admission.class.getName());
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
            if (logFails) {
                throw new IllegalStateException("this log fails");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean logFails;

    @BeforeEach
    void handleLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(log);
    }

    @AfterEach
    void leaveLog() {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
    }

    private static Admission admission(AdmissionRules rules, Copies copies, Consumer<Thread> starter) {
        Admission admission = new Admission(rules, copies, starter);
        new ServedKernels(new ScalarKernels("twins", new SimdKernels().lanes()), admission);
        return admission;
    }

    private Admission admission(AdmissionRules rules) {
        return admission(rules, new Copies(), this::start);
    }

    private void start(Thread thread) {
        threads.add(thread);
        thread.start();
    }

    private static AdmissionRules rules(int copies, KernelForm... spoilt) {
        return new AdmissionRules(copies, Duration.ofMinutes(1),
                Stream.of(spoilt).collect(Collectors.toMap(form -> form, form -> 1)));
    }

    private static List<KernelStatus> all(State state) {
        return FORMS.stream().map(form -> new KernelStatus(form, state, 1)).toList();
    }

    private static void prepare(Admission admission, Set<KernelForm> forms, LongSupplier allocated) {
        admission.prepare(forms, allocated, () -> {});
    }

    /** Ends when all is logged, too, which comes last. */
    private void assertDecided(List<KernelStatus> expected, Admission admission) throws InterruptedException {
        assertTrue(admission.await(LONG), () -> "still tried: " + admission.statuses());
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(expected, admission.statuses());
    }

    @Test
    void shouldServeWhatIsClean() throws InterruptedException {
        Admission admission = admission(rules(1));
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        assertDecided(all(State.SIMD), admission);
        assertEquals(List.of(), logged);
    }

    @Test
    void shouldGoOnWhereItWasLeft() throws InterruptedException {
        Admission admission = admission(rules(1), new Copies(), threads::add);
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        admission.release();
        threads.removeFirst().run(); // nobody needs any
        assertFalse(admission.await(Duration.ofMillis(1)));
        assertEquals(all(State.WAITING), admission.statuses());
        prepare(admission, Set.of(), NOTHING_ALLOCATED);
        threads.removeFirst().run();
        assertDecided(all(State.SIMD), admission);
    }

    @Test
    void shouldDoErrandsWhenAllIsTried() throws InterruptedException {
        Admission admission = admission(rules(1));
        List<List<KernelStatus>> seen = new CopyOnWriteArrayList<>();
        admission.prepare(FORMS, NOTHING_ALLOCATED, () -> seen.add(admission.statuses()));
        assertDecided(all(State.SIMD), admission);
        admission.prepare(FORMS, NOTHING_ALLOCATED, () -> seen.add(admission.statuses()));
        assertDecided(all(State.SIMD), admission);
        assertEquals(List.of(all(State.SIMD), all(State.SIMD)), seen);
    }

    @Test
    void shouldDoNoErrandsForNobody() {
        Admission admission = admission(rules(1), new Copies(), threads::add);
        admission.prepare(FORMS, NOTHING_ALLOCATED, () -> {
            throw new AssertionError("nobody needs this");
        });
        admission.release();
        threads.removeFirst().run();
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        threads.removeFirst().run();
        assertEquals(all(State.SIMD), admission.statuses());
    }

    @Test
    void shouldForgetErrandsWithoutAThread() throws InterruptedException {
        AtomicBoolean noThread = new AtomicBoolean();
        Admission admission = admission(rules(1), new Copies(), thread -> {
            if (noThread.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            start(thread);
        });
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        assertDecided(all(State.SIMD), admission);
        noThread.set(true);
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        assertDecided(all(State.SIMD), admission);
        assertEquals(List.of(), logged);
    }

    @Test
    void shouldEndWaitingWhenInterrupted() {
        Admission admission = admission(rules(1), new Copies(), _ -> {});
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        Thread.currentThread().interrupt();
        assertFalse(admission.await(Duration.ofDays(1)));
        assertTrue(Thread.interrupted());
    }

    // ---------------------------------------------------------------- sizes of calls

    private static final KernelForm CONTEXT = KernelForm.ROW_CONTEXT_OF_64;
    private static final long SIZE = CallSize.ofContext(CONTEXT, 5, 64);

    /** Is clean for so many calls, and never again. */
    private static LongSupplier cleanFor(int calls) {
        AtomicLong readings = new AtomicLong();
        return () -> Math.max(0, readings.incrementAndGet() - 2L * calls); // one before each call and one after
    }

    /** Has a size asked for and tried, and nothing else be clean; returns how many of two calls, of that size and of another, the twin got. */
    private long callsOfTwin(AdmissionRules rules) {
        AtomicLong calls = new AtomicLong();
        Kernels twin = (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[]{Kernels.class},
                (_, _, _) -> {
                    calls.incrementAndGet();
                    return null;
                });
        Admission admission = new Admission(rules, new Copies(), threads::add);
        ServedKernels served = new ServedKernels(twin, admission);
        prepare(admission, Set.of(CONTEXT), cleanFor(3));
        admission.called(CONTEXT, SIZE);
        threads.removeFirst().run();
        assertEquals(List.of(new KernelStatus(CONTEXT, State.SCALAR, 1)), admission.statuses());
        try (Block memory = Block.zeroed(6 * 64 * Float.BYTES)) {
            Rows rows = new Rows(memory.segment(), 0, 6, 64, 64);
            served.rowContext(rows.select(0, 5), rows, rows);
            served.rowContext(rows.select(0, 6), rows, rows);
        }
        return calls.get();
    }

    @Test
    void shouldServeCallsOfASizeThatWasSeenToBeClean() {
        assertEquals(1, callsOfTwin(new AdmissionRules(1, Duration.ZERO, Map.of())));
    }

    @Test
    void shouldServeNoSizeOfASpoiltForm() {
        assertEquals(2, callsOfTwin(new AdmissionRules(1, Duration.ZERO, Map.of(CONTEXT, 1))));
    }

    // ---------------------------------------------------------------- what fails

    @Test
    void shouldStayOnTwinsWhenATrialFails() throws InterruptedException {
        Admission admission = admission(rules(1));
        prepare(admission, FORMS, () -> {
            throw new UnsupportedOperationException("nothing is measured here");
        });
        assertDecided(all(State.SCALAR), admission);
    }

    @Test
    void shouldStayOnTwinsWithoutAThread() throws InterruptedException {
        Admission admission = admission(rules(1), new Copies(), _ -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        assertDecided(all(State.SCALAR), admission);
        assertEquals(List.of("Lanewise stays on scalar loops where they serve now: kernels could not be tried"),
                logged);
    }

    @Test
    void shouldTryAgainWhenThereAreThreadsAgain() throws InterruptedException {
        AtomicBoolean noThread = new AtomicBoolean(true);
        Admission admission = admission(rules(1), new Copies(), thread -> {
            if (noThread.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            start(thread);
        });
        prepare(admission, Set.of(KernelForm.ADD), NOTHING_ALLOCATED);
        noThread.set(false);
        prepare(admission, Set.of(KernelForm.MAX), NOTHING_ALLOCATED);
        assertDecided(List.of(new KernelStatus(KernelForm.ADD, State.SCALAR, 1),
                new KernelStatus(KernelForm.MAX, State.SIMD, 1)), admission);
    }

    @Test
    void shouldDecideEvenIfTheLogFails() throws InterruptedException {
        logFails = true;
        Admission failing = admission(rules(1), new Copies(), _ -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        assertThrows(IllegalStateException.class, () -> prepare(failing, FORMS, NOTHING_ALLOCATED));
        assertDecided(all(State.SCALAR), failing);
        Admission spoilt = admission(rules(1, KernelForm.ADD), new Copies(), thread -> {
            thread.setUncaughtExceptionHandler((_, _) -> {});
            start(thread);
        });
        prepare(spoilt, Set.of(KernelForm.ADD), NOTHING_ALLOCATED);
        assertDecided(List.of(new KernelStatus(KernelForm.ADD, State.SCALAR, 1)), spoilt);
    }

    // ---------------------------------------------------------------- copies

    @Test
    void shouldServeTheCopyThatIsClean() throws InterruptedException {
        assertSecondCopy(State.SIMD, SimdKernels::new);
        assertEquals(List.of(), logged);
    }

    @Test
    void shouldLeaveToItsTwinOnlyTheKernelThatCannotBeLoadedOnceMore() throws InterruptedException {
        assertSecondCopy(State.SCALAR, () -> {
            throw new LinkageError("no more classes");
        });
        assertEquals(List.of("Lanewise runs a kernel many times slower than it could, on scalar loops: kernel="
                + KernelForm.ADD.label() + ", because its classes could not be loaded once more"), logged);
    }

    @Test
    void shouldLeaveToItsTwinOnlyTheKernelWhoseTilesCannotBeLoadedOnceMore() throws InterruptedException {
        Kernels kernels = new SimdKernels();
        assertSecondCopy(State.SCALAR, () -> (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(),
                new Class<?>[]{Kernels.class}, (_, method, arguments) -> {
                    if (method.getName().equals("add")) {
                        throw new NoClassDefFoundError("no more classes");
                    }
                    try {
                        return method.invoke(kernels, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        assertEquals(1, logged.size());
    }

    private void assertSecondCopy(State state, Supplier<Kernels> loader) throws InterruptedException {
        Admission admission = admission(rules(2, KernelForm.ADD), new Copies(loader), this::start);
        prepare(admission, FORMS, NOTHING_ALLOCATED);
        assertDecided(List.of(new KernelStatus(KernelForm.ADD, state, 2),
                new KernelStatus(KernelForm.MAX, State.SIMD, 1)), admission);
    }
}
