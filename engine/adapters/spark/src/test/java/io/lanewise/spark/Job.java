package io.lanewise.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import io.lanewise.Lanewise;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A driver: embeds, scores and labels rows of words by a pipeline that was saved and read again, and prints what came of it. */
final class Job {

    static final int ROWS = 2_000;
    static final int PARTITIONS = 40;
    static final int WORDS = 40;
    static final int MOST_WORDS = 20;

    private Job() {}

    /** Returns a row's text. */
    static String text(long id) {
        StringBuilder text = new StringBuilder();
        for (long i = 0; i <= id * 7 % MOST_WORDS; i++) {
            text.append('w').append((id + i) % WORDS).append(' ');
        }
        return text.toString();
    }

    /** Returns what a row adds to the sum of all; rows that are lost or come twice change it, and so does any bit. */
    static long sum(long id, float[] vector, float score) {
        return (31L * Arrays.hashCode(vector) + Float.floatToIntBits(score)) * (2 * id + 1);
    }

    /** Slows partitions down, and leaves a file for each that has begun. */
    private record Marking(String folder, long millis) implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            try {
                Files.createTempFile(Path.of(folder), "partition-" + TaskContext.getPartitionId() + "-", "");
                Thread.sleep(millis);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return rows;
        }
    }

    public static void main(String[] arguments) throws IOException {
        String models = arguments[0];
        String markers = arguments[1];
        String saved = arguments[2];
        long millis = Long.parseLong(arguments[3]);
        SparkSession spark = SparkSession.builder().getOrCreate();
        try {
            spark.udf().register("words", (Long id) -> text(id), org.apache.spark.sql.types.DataTypes.StringType);
            Dataset<Row> rows = spark.range(0, ROWS, 1, PARTITIONS).toDF("id")
                    .withColumn("text", functions.expr("words(id)"))
                    .withColumn("query", functions.lit("w5 w6"));
            Dataset<Row> marked = rows.mapPartitions(new Marking(markers, millis), Encoders.row(rows.schema()));
            new Pipeline().setStages(new PipelineStage[]{
                    new TextEmbedding().setLocation(models + "/embedder"),
                    new TextScoring().setLocation(models + "/reranker"),
                    new TextLabelling().setLocation(models + "/classifier")}).fit(rows).write().overwrite().save(saved);
            List<Row> done = PipelineModel.load(saved).transform(marked).collectAsList();
            Set<Long> ids = new HashSet<>();
            long sum = 0;
            for (Row row : done) {
                ids.add(row.getLong(0));
                List<Float> vector = row.getList(3);
                float[] floats = new float[vector.size()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = vector.get(i);
                }
                sum += sum(row.getLong(0), floats, row.getFloat(4));
                if (row.getList(5).size() != 3) {
                    throw new IllegalStateException("labels=" + row.getList(5));
                }
            }
            System.out.println("rows=" + done.size() + " ids=" + ids.size() + " sum=" + sum);
            Dataset<String> kernels = spark.range(0, 4, 1, 4).mapPartitions(
                    (MapPartitionsFunction<Long, String>) ignored -> List.of(Lanewise.describe()).iterator(),
                    Encoders.STRING());
            System.out.println("kernels=" + Set.copyOf(kernels.collectAsList()));
        } finally {
            spark.stop();
        }
    }
}
