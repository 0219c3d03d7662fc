package io.lanewise.text;

/**
 * What a model has done since it was loaded, counted as calls end. Warming up is none of it.
 *
 * @param calls calls that had a session, or were computed along with another; those that failed there are among them
 * @param texts texts that were computed; a pair is one, and a long text that is averaged as many as it has windows
 * @param tokens their tokens, special ones included
 * @param runs runs of the encoder: fewer than calls where callers were computed together
 * @param queueNanos how long calls waited for a session, in nanoseconds, summed
 * @param computeNanos how long sessions were in use, in nanoseconds, summed; threads of one call count once
 * @param waiting calls that wait now
 * @param sessionsInUse sessions that compute now
 * @param sessions how many may
 * @param workspaceBytes off-heap memory of the sessions' workspaces; weights and results are not counted
 * @param kernels which kernels run in this JVM, and why, as {@link io.lanewise.Lanewise#describe} says
 */
public record TextCounters(long calls, long texts, long tokens, long runs, long queueNanos, long computeNanos,
        int waiting, int sessionsInUse, int sessions, long workspaceBytes, String kernels) {}
