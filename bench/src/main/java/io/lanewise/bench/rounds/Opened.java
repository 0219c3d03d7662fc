package io.lanewise.bench.rounds;

import java.util.ArrayList;
import java.util.List;

/** What a setup has opened so far; closed in the opposite order. Not thread-safe. */
public final class Opened implements AutoCloseable {

    private final List<AutoCloseable> all = new ArrayList<>();

    /** Makes an empty one. */
    public Opened() {}

    /** Takes something that is to be closed, and returns it. */
    public <T extends AutoCloseable> T add(T opened) {
        all.add(opened);
        return opened;
    }

    /** Closes all that is open, whatever fails of it; a second time closes nothing. */
    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!all.isEmpty()) {
            try {
                all.removeLast().close();
            } catch (Exception e) {
                IllegalStateException earlier = failure;
                failure = new IllegalStateException(e);
                if (earlier != null) {
                    failure.addSuppressed(earlier);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
