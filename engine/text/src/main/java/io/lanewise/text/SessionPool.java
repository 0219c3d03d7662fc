package io.lanewise.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.lanewise.Lanewise;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;

/**
 * Sessions of one model, made when they are needed and used again. Whoever asks for one more than there may be waits, without
 * holding a carrier of virtual threads; a session that becomes free goes to the call that has waited longest. Closing waits for calls
 * in flight and refuses those that wait.
 */
final class SessionPool implements AutoCloseable {

    /** Texts of one run: rows enough for every kernel, and room for the results of few. */
    static final int MOST_TEXTS = 64;

    /** Rows that a first session has room for: most texts are shorter, and memory grows with them. */
    private static final int FIRST_LENGTH = 128;

    /** Enough for what is little beside a session's own work. */
    private static final int WARM_RUNS = 200;

    private final Model model;
    private final SessionOptions options;
    private final boolean withTypes;
    private final int longest;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition givenBack = lock.newCondition();
    private final Deque<WaitingCall> waiting = new ArrayDeque<>();
    private final CallCounts counts = new CallCounts();
    private final Seat[] idle;
    private int idleCount;
    private int busy;
    private boolean closed;

    /** A session and what its runs are prepared in. For one thread at a time. */
    final class Seat {
        private final TokenBatch batch = new TokenBatch(MOST_TEXTS, withTypes);
        private final int[] order = new int[MOST_TEXTS];
        private final int[][] oneText = new int[1][];
        private final int[][] oneTexts = new int[1][];
        private final CallCounts counts = new CallCounts(); // since it was taken
        private Session session;
        private int length;
        private long since;

        private Seat() {
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
        }

        /** Runs one text; {@code types} is null where the model has none. */
        Outputs run(int[] ids, int[] types) {
            oneText[0] = ids;
            oneTexts[0] = types;
            try {
                return run(oneText, types == null ? null : oneTexts, 0, 1);
            } finally {
                oneText[0] = null;
                oneTexts[0] = null;
            }
        }

        /** Runs some texts, at most {@link #MOST_TEXTS}. */
        Outputs run(int[][] ids, int[][] types, int from, int count) {
            int needed = 1;
            long tokens = 0;
            for (int i = 0; i < count; i++) {
                order[i] = from + i;
                needed = Math.max(needed, ids[from + i].length);
                tokens += ids[from + i].length;
            }
            batch.set(ids, types, order, 0, count);
            Outputs outputs = sessionFor(needed).runTokens(batch);
            counts.ran(count, tokens);
            return outputs;
        }

        /** Memory grows to the longest text so far, by doubling; no bit of a result depends on it. */
        private Session sessionFor(int needed) {
            if (session == null || length < needed) {
                int room = Math.min(longest,
                        Math.max(FIRST_LENGTH, Integer.highestOneBit(Math.max(1, needed - 1)) * 2));
                Session larger = model.newSession(options.maxBatch(MOST_TEXTS).maxLength(room));
                counts.workspaceBytes += larger.workspaceBytes();
                if (session != null) {
                    counts.workspaceBytes -= session.workspaceBytes();
                    session.close();
                }
                session = larger;
                length = room;
            }
            return session;
        }

        /** Warms up a session for usual lengths, then the way of a text through it. */
        void warmUp(int[] ids, int[] types) {
            sessionFor(Math.min(FIRST_LENGTH, longest)).warmUp();
            for (int run = 0; run < WARM_RUNS; run++) {
                run(ids, types);
            }
        }

        private void close() {
            if (session != null) {
                session.close();
            }
        }
    }

    /**
     * Prepares a pool.
     *
     * @param longest the most tokens of a text
     * @param most the most sessions
     */
    SessionPool(Model model, SessionOptions options, boolean withTypes, int longest, int most) {
        this.model = model;
        this.options = options;
        this.withTypes = withTypes;
        this.longest = longest;
        this.most = most;
        this.idle = new Seat[most];
    }

    /** Takes a seat, which must be given back; waits until there is one. */
    Seat take() {
        Seat seat = takeIdle();
        return seat != null ? seat : take(WaitingCall.alone());
    }

    /**
     * Takes a seat if there is one now, and returns null if not. Also null for a virtual thread, whose call is to look for others first:
     * it keeps its carrier until its run is over, so with as many sessions as carriers those that are ready to call would never come.
     */
    Seat takeIdle() {
        if (Thread.currentThread().isVirtual()) {
            return null;
        }
        lock.lock();
        try {
            requireOpen();
            return busy < most ? another() : null;
        } finally {
            lock.unlock();
        }
    }

    private Seat another() {
        Seat seat = idleCount == 0 ? new Seat() : idle[--idleCount];
        busy++;
        seat.since = System.nanoTime();
        return seat;
    }

    /**
     * Takes a seat for a call; waits until there is one, or until the call was computed along with another.
     *
     * @return a seat, which must be given back, or null
     */
    Seat take(WaitingCall call) {
        lock.lock();
        try {
            requireOpen();
            if (busy < most) {
                return another();
            }
            waiting.add(call);
        } finally {
            lock.unlock();
        }
        Seat seat = call.await();
        if (seat != null) {
            seat.since = System.nanoTime();
            seat.counts.waited(call.nanosUntil(seat.since));
        }
        return seat;
    }

    private void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private IllegalStateException closedException() {
        return new IllegalStateException("a model must not be used after it is closed: model=" + model.layer());
    }

    /** Moves short calls that wait into a list, in their order, as long as there is room beside what it has. */
    void takeAlong(Seat seat, List<WaitingCall> calls) {
        int texts = calls.stream().mapToInt(WaitingCall::texts).sum();
        int rows = calls.stream().mapToInt(WaitingCall::rows).sum();
        lock.lock();
        try {
            for (Iterator<WaitingCall> next = waiting.iterator(); next.hasNext();) {
                WaitingCall call = next.next();
                if (call.fits(MOST_TEXTS - texts, SharedRun.MOST_ROWS - rows)) {
                    calls.add(call); // first: a call that is in neither would wait for ever
                    next.remove();
                    seat.counts.along(call.nanosUntil(seat.since));
                    texts += call.texts();
                    rows += call.rows();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives a seat back, to the call that has waited longest if there is one. */
    void giveBack(Seat seat) {
        seat.counts.ended(System.nanoTime() - seat.since);
        free(seat);
    }

    /** Warms up a seat, and the way of a text through it; nothing is counted but memory. */
    void warmUp(int[] ids, int[] types) {
        Seat seat = take();
        try {
            seat.warmUp(ids, types);
        } finally {
            seat.counts.keepMemory();
            free(seat);
        }
    }

    private void free(Seat seat) {
        WaitingCall next;
        lock.lock();
        try {
            counts.add(seat.counts);
            seat.counts.clear(); // within the lock: whoever finds the seat idle counts in it at once
            next = waiting.poll();
            if (next == null) {
                idle[idleCount++] = seat;
                busy--;
                givenBack.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.sit(seat);
        }
    }

    /** Returns what was counted of calls that are over. */
    TextCounters counters() {
        String kernels = Lanewise.describe(); // outside of the lock, for which calls wait
        lock.lock();
        try {
            return counts.counters(waiting.size(), busy, most, kernels);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (!waiting.isEmpty()) {
                IllegalStateException why = closedException(); // first: a call that is not told would wait for ever
                waiting.poll().failed(why);
            }
            while (busy > 0) {
                givenBack.awaitUninterruptibly();
            }
            while (idleCount > 0) {
                idle[--idleCount].close();
            }
            counts.workspaceBytes = 0;
        } finally {
            lock.unlock();
        }
    }
}
