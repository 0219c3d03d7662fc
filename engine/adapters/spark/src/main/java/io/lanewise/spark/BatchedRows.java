package io.lanewise.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.immutable.ArraySeq;

/** Rows with a result each, in their order: read a batch at a time, computed from short to long. */
final class BatchedRows implements Iterator<Row> {

    /** UTF-16 units of a token, as most texts have them: a batch need not be exact, and the model counts its tokens itself. */
    private static final int UNITS_A_TOKEN = 4;

    private final Iterator<Row> rows;
    private final ColumnModel.Loaded model;
    private final int[] columns;
    private final int batchTokens;
    private Iterator<Row> done = List.<Row>of().iterator();

    BatchedRows(Iterator<Row> rows, ColumnModel.Loaded model, int[] columns, int batchTokens) {
        this.rows = rows;
        this.model = model;
        this.columns = columns;
        this.batchTokens = batchTokens;
    }

    @Override
    public boolean hasNext() {
        return done.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no row is left");
        }
        if (!done.hasNext()) {
            done = batch().iterator();
        }
        return done.next();
    }

    private List<Row> batch() {
        List<Row> batch = new ArrayList<>();
        List<String[]> texts = new ArrayList<>(); // null where a text is
        List<Integer> lengths = new ArrayList<>();
        for (long tokens = 0; tokens < batchTokens && rows.hasNext();) {
            Row row = rows.next();
            batch.add(row);
            String[] own = texts(row);
            texts.add(own);
            lengths.add(own == null ? 0 : tokens(own));
            tokens += lengths.getLast();
        }
        int[] order = IntStream.range(0, texts.size()).filter(i -> texts.get(i) != null).boxed()
                .sorted(Comparator.comparing(lengths::get)).mapToInt(Integer::intValue).toArray();
        Object[] computed = model.compute(IntStream.of(order).mapToObj(texts::get).toList());
        Object[] results = new Object[texts.size()];
        for (int i = 0; i < order.length; i++) {
            results[order[i]] = computed[i];
        }
        return IntStream.range(0, results.length).mapToObj(i -> with(batch.get(i), results[i])).toList();
    }

    private int tokens(String[] texts) {
        long units = Arrays.stream(texts).mapToLong(String::length).sum();
        return (int) Math.min(model.maxTokens(), units / UNITS_A_TOKEN + 1);
    }

    private String[] texts(Row row) {
        String[] texts = new String[columns.length];
        for (int i = 0; i < texts.length; i++) {
            if (row.isNullAt(columns[i])) {
                return null;
            }
            texts[i] = row.getString(columns[i]);
        }
        return texts;
    }

    private static Row with(Row row, Object result) {
        Object[] values = new Object[row.size() + 1];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        values[row.size()] = listed(result);
        return RowFactory.create(values);
    }

    /** Spark writes arrays as well, but hands rows on as they are where another function follows, which then reads lists as Spark has them. */
    private static Object listed(Object result) {
        return result != null && result.getClass().isArray() ? ArraySeq.unsafeWrapArray(result) : result;
    }
}
