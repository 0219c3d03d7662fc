package io.lanewise.text;

import java.util.concurrent.locks.LockSupport;

/**
 * A call for which no session was idle: it waits until it gets one, or until another call that got one has computed it along. It holds
 * no carrier of virtual threads; an interrupt does not end it and stays set.
 */
final class WaitingCall {

    private static final int[][] NO_TEXTS = new int[0][];

    private final int[][] ids;
    private final int[][] types; // null where the model has none
    private final TextModel.Taker taker; // null for a call that needs a session to itself
    private final int rows;
    private final long since = System.nanoTime();
    private final Thread thread = Thread.currentThread();
    private SessionPool.Seat seat;
    private Throwable failure;
    private volatile boolean isOver;

    /** Describes a call of the thread that makes it. */
    WaitingCall(int[][] ids, int[][] types, TextModel.Taker taker) {
        this.ids = ids;
        this.types = types;
        this.taker = taker;
        int sum = 0;
        for (int[] text : ids) {
            sum += text.length;
        }
        this.rows = sum;
    }

    /** Describes a call that only wants a session. */
    static WaitingCall alone() {
        return new WaitingCall(NO_TEXTS, null, null);
    }

    int[][] ids() {
        return ids;
    }

    int[][] types() {
        return types;
    }

    TextModel.Taker taker() {
        return taker;
    }

    int texts() {
        return ids.length;
    }

    int rows() {
        return rows;
    }

    /** Says whether it may be computed beside others that leave room for so many texts and tokens. */
    boolean fits(int mostTexts, int mostRows) {
        return taker != null && ids.length > 0 && ids.length <= mostTexts && rows <= mostRows;
    }

    /** Says whether others may be computed along with it. */
    boolean isShort() {
        return fits(SessionPool.MOST_TEXTS, SharedRun.MOST_ROWS);
    }

    /**
     * Waits.
     *
     * @return a seat that must be given back; null if the call was computed
     * @throws RuntimeException if computing it failed, or the model was closed
     */
    SessionPool.Seat await() {
        boolean interrupted = false;
        while (!isOver) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            thread.interrupt();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        return seat;
    }

    /** Ends the waiting with a seat. */
    void sit(SessionPool.Seat free) {
        seat = free;
        end();
    }

    /** Ends the waiting of a call whose results were taken. */
    void computed() {
        end();
    }

    /** Ends the waiting of a call that cannot be computed; its thread throws what is said here, an error or an unchecked exception. */
    void failed(Throwable why) {
        failure = why;
        end();
    }

    private void end() {
        isOver = true;
        LockSupport.unpark(thread);
    }

    boolean isOver() {
        return isOver;
    }

    /** Returns how long it has waited by some time of {@link System#nanoTime}. */
    long nanosUntil(long now) {
        return now - since;
    }
}
