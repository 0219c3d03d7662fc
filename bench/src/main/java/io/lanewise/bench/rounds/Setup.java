package io.lanewise.bench.rounds;

import java.util.List;

/** The subjects of a point with the memory they work on; they have been found to agree. */
public interface Setup extends AutoCloseable {

    /** Returns the subjects, in the order in which they take their turns. */
    List<Subject> subjects();

    /** Frees the memory. */
    @Override
    void close();
}
