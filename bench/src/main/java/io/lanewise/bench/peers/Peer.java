package io.lanewise.bench.peers;

/** Who is measured: another library, or Lanewise itself. Stateless. */
public interface Peer {

    /** Returns its name in result files, such as {@code ort}. */
    String subject();

    /** Says what runs when it is measured, on one thread: version, kernels and threads, in its own words where it has any. */
    String describe();
}
