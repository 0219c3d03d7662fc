package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.util.Map;

/** Reads answers, as a caller would who needs them: one float of every cache line, so that all their memory is touched. */
public final class OutputReader {

    private static final int CACHE_LINE = 64 / Float.BYTES;

    private float seen; // kept, so that no compiler can leave the reading out

    /** Reads all outputs of a call. */
    public void read(Map<String, FloatBuffer> outputs) {
        for (FloatBuffer floats : outputs.values()) {
            float sum = 0;
            for (int i = 0; i < floats.limit(); i += CACHE_LINE) {
                sum += floats.get(i);
            }
            seen += sum;
        }
    }

    /** Returns the sum of what was read. */
    public float seen() {
        return seen;
    }
}
