package io.lanewise.text;

/** What JMX shows of a model: {@link TextCounters}, attribute by attribute, times in milliseconds. */
public interface TextCountersMXBean {

    /** Returns the calls that were computed. */
    long getCalls();

    /** Returns the texts that were computed. */
    long getTexts();

    /** Returns the tokens of these texts. */
    long getTokens();

    /** Returns the runs of the encoder. */
    long getRuns();

    /** Returns how long calls waited for a session, summed, in milliseconds. */
    double getQueueMillis();

    /** Returns how long sessions were in use, summed, in milliseconds. */
    double getComputeMillis();

    /** Returns how many calls wait now. */
    int getWaiting();

    /** Returns how many sessions compute now. */
    int getSessionsInUse();

    /** Returns how many sessions there may be. */
    int getSessions();

    /** Returns the bytes of the sessions' workspaces. */
    long getWorkspaceBytes();

    /** Returns which kernels run. */
    String getKernels();
}
