package io.lanewise.text;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;

/**
 * Sessions of one model, made when they are needed and used again. Whoever asks for one more than there may be waits, without
 * holding a carrier of virtual threads. Closing waits for calls in flight.
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
    private final Semaphore permits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Seat[] idle;
    private int idleCount;
    private volatile boolean closed;

    /** A session and what its runs are prepared in. For one thread at a time. */
    final class Seat {
        private final TokenBatch batch = new TokenBatch(MOST_TEXTS, withTypes);
        private final int[] order = new int[MOST_TEXTS];
        private final int[][] oneText = new int[1][];
        private final int[][] oneTexts = new int[1][];
        private Session session;
        private int length;

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
            for (int i = 0; i < count; i++) {
                order[i] = from + i;
                needed = Math.max(needed, ids[from + i].length);
            }
            batch.set(ids, types, order, 0, count);
            return sessionFor(needed).runTokens(batch);
        }

        /** Memory grows to the longest text so far, by doubling; no bit of a result depends on it. */
        private Session sessionFor(int needed) {
            if (session == null || length < needed) {
                int room = Math.min(longest,
                        Math.max(FIRST_LENGTH, Integer.highestOneBit(Math.max(1, needed - 1)) * 2));
                Session larger = model.newSession(options.maxBatch(MOST_TEXTS).maxLength(room));
                if (session != null) {
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
        this.permits = new Semaphore(most, true);
        this.idle = new Seat[most];
    }

    /** Takes a seat, which must be given back. */
    Seat take() {
        permits.acquireUninterruptibly();
        try {
            return seat();
        } catch (RuntimeException | Error refused) {
            permits.release();
            throw refused;
        }
    }

    private Seat seat() {
        if (closed) {
            throw new IllegalStateException("a model must not be used after it is closed: model=" + model.layer());
        }
        lock.lock();
        try {
            return idleCount == 0 ? new Seat() : idle[--idleCount];
        } finally {
            lock.unlock();
        }
    }

    /** Gives a seat back. */
    void giveBack(Seat seat) {
        lock.lock();
        try {
            idle[idleCount++] = seat;
        } finally {
            lock.unlock();
        }
        permits.release();
    }

    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(most);
        lock.lock();
        try {
            while (idleCount > 0) {
                idle[--idleCount].close();
            }
        } finally {
            lock.unlock();
            permits.release(most); // whoever waits learns that it is closed
        }
    }
}
