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

    /** Closes all that is open; a second time closes nothing. */
    @Override
    public void close() {
        for (AutoCloseable closing : all.reversed()) {
            try {
                closing.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        all.clear();
    }
}
