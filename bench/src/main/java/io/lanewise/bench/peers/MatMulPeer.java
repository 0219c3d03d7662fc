package io.lanewise.bench.peers;

import java.nio.FloatBuffer;

/** A library that multiplies matrices. Found by a service loader. */
public interface MatMulPeer extends Peer {

    /**
     * Returns the work {@code result = rows × weight} on one thread, over off-heap memory, all row-major.
     *
     * @param result {@code [m, n]}
     * @param rows {@code [m, k]}
     * @param weight {@code [k, n]}
     */
    Runnable prepare(FloatBuffer result, FloatBuffer rows, FloatBuffer weight, int m, int n, int k);
}
