package io.lanewise.spark;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.api.java.function.ReduceFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A driver: embeds the same rows again and again, once to warm its executors up, and prints the seconds of each other pass and a sum
 * that every row changes.
 */
final class ScalingJob {

    static final String SECONDS = "seconds=";
    static final String EXECUTORS = "executors=";
    static final String SUM = "sum=";

    private static final int PARTITIONS = 16;
    private static final int LEAST_WORDS = 4;
    private static final int MOST_WORDS = 40;
    private static final List<String> WORDS = List.of(("the committee met on tuesday to discuss whether refunds should be "
            + "given within sixty days of a delivery and how customers find the address of a shop that is open in summer")
            .split(" "));

    private ScalingJob() {}

    /** Returns a row's text. */
    static String text(long id) {
        Random random = new Random(id);
        StringBuilder text = new StringBuilder();
        for (int words = random.nextInt(LEAST_WORDS, MOST_WORDS + 1); words > 0; words--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.toString();
    }

    /** Returns what a row adds to the sum. */
    static long sum(long id, float[] vector) {
        return Arrays.hashCode(vector) * (2 * id + 1);
    }

    /** Embeds: location, rows, passes. */
    public static void main(String[] arguments) {
        String location = arguments[0];
        long rows = Long.parseLong(arguments[1]);
        int passes = Integer.parseInt(arguments[2]);
        SparkSession spark = SparkSession.builder().getOrCreate();
        try {
            spark.udf().register("words", (Long id) -> text(id), DataTypes.StringType);
            Dataset<Row> texts = spark.range(0, rows, 1, PARTITIONS).toDF("id")
                    .withColumn("text", functions.expr("words(id)"));
            Dataset<Row> embedded = new TextEmbedding().setLocation(location).setOutputCol("vector").transform(texts);
            System.out.println(SUM + pass(embedded));
            System.out.println(EXECUTORS + (spark.sparkContext().statusTracker().getExecutorInfos().length - 1));
            for (int pass = 0; pass < passes; pass++) {
                long start = System.nanoTime();
                long sum = pass(embedded);
                System.out.println(SECONDS + (System.nanoTime() - start) / 1e9);
                System.out.println(SUM + sum);
            }
        } finally {
            spark.stop();
        }
    }

    /** Reads every vector where it was computed. */
    private static long pass(Dataset<Row> embedded) {
        return embedded.mapPartitions((MapPartitionsFunction<Row, Long>) ScalingJob::sum, Encoders.LONG())
                .reduce((ReduceFunction<Long>) Long::sum);
    }

    private static Iterator<Long> sum(Iterator<Row> rows) {
        long sum = 0;
        while (rows.hasNext()) {
            Row row = rows.next();
            List<Float> numbers = row.getList(2);
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = numbers.get(i);
            }
            sum += sum(row.getLong(0), vector);
        }
        return List.of(sum).iterator();
    }
}
