package io.lanewise;

import java.util.List;

/**
 * How far a warm-up has come: that of all kernels which sessions of this JVM have needed so far, those of other sessions and of
 * sessions long closed included, since all share them.
 *
 * @param needed how many kernels there are that any session called or is to call
 * @param compiled how many of them run as SIMD
 * @param waiting the names of those that are not compiled yet
 * @param scalar the names of those that will not be in this JVM, and run as scalar loops: right, and many times slower
 */
public record WarmUpProgress(int needed, int compiled, List<String> waiting, List<String> scalar) {

    /** Copies the lists. */
    public WarmUpProgress {
        waiting = List.copyOf(waiting);
        scalar = List.copyOf(scalar);
    }
}
