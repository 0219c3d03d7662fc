package io.lanewise.bench.encoders;

import java.util.List;

/** An encoder that fills texts up to the longest of a batch. For one thread. */
public interface OpenPadding extends AutoCloseable {

    /**
     * Runs some texts in one batch, and makes a vector of each: the mean of its own rows, of length 1.
     *
     * @param ids of each text
     * @return as many vectors
     */
    List<float[]> vectors(List<int[]> ids);

    @Override
    void close();
}
