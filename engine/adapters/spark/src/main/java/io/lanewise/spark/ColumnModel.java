package io.lanewise.spark;

import java.io.Serializable;
import java.util.List;

/** How executors load a model, told to them with the task; equal ones share one. */
interface ColumnModel extends Serializable {

    /** Loads the model. */
    Loaded load();

    /** A model that is ready for any number of tasks. */
    interface Loaded extends AutoCloseable {

        /** Returns how many tokens of a row are computed at most. */
        int maxTokens();

        /** Returns the results of rows, each of its columns' texts, in their order, as Spark's rows have them. */
        Object[] compute(List<String[]> rows);

        @Override
        void close();
    }
}
