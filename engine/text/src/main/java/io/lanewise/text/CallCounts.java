package io.lanewise.text;

/** Sums of what calls did. Not thread-safe. */
final class CallCounts {

    long workspaceBytes;

    private long calls;
    private long texts;
    private long tokens;
    private long runs;
    private long queueNanos;
    private long computeNanos;

    /** Counts a run. */
    void ran(int ofTexts, long ofTokens) {
        runs++;
        texts += ofTexts;
        tokens += ofTokens;
    }

    /** Counts how long a call waited that has a session now. */
    void waited(long nanos) {
        queueNanos += nanos;
    }

    /** Counts a call that is computed along with another. */
    void along(long nanos) {
        calls++;
        queueNanos += nanos;
    }

    /** Counts a call whose session is given back. */
    void ended(long nanos) {
        calls++;
        computeNanos += nanos;
    }

    void add(CallCounts more) {
        calls += more.calls;
        texts += more.texts;
        tokens += more.tokens;
        runs += more.runs;
        queueNanos += more.queueNanos;
        computeNanos += more.computeNanos;
        workspaceBytes += more.workspaceBytes;
    }

    /** Forgets all but memory. */
    void keepMemory() {
        calls = 0;
        texts = 0;
        tokens = 0;
        runs = 0;
        queueNanos = 0;
        computeNanos = 0;
    }

    void clear() {
        keepMemory();
        workspaceBytes = 0;
    }

    TextCounters counters(int waiting, int sessionsInUse, int sessions, String kernels) {
        return new TextCounters(calls, texts, tokens, runs, queueNanos, computeNanos, waiting, sessionsInUse, sessions,
                workspaceBytes, kernels);
    }
}
