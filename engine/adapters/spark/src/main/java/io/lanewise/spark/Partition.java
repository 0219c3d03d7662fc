package io.lanewise.spark;

import java.util.Iterator;

import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Runs the rows of a partition through the executor's model, which the task gives back however it ends. */
final class Partition implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1;

    private final ColumnModel model;
    private final int[] columns;
    private final int batchTokens;

    Partition(ColumnModel model, int[] columns, int batchTokens) {
        this.model = model;
        this.columns = columns;
        this.batchTokens = batchTokens;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        ColumnModel.Loaded loaded = SharedModels.take(model);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) _ -> SharedModels.giveBack(model));
        return new BatchedRows(rows, loaded, columns, batchTokens);
    }
}
