package io.lanewise.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The README's example for Spark; {@link ReadmeTest} holds the two together. */
final class ReadmeExample {

    private ReadmeExample() {}

    // @formatter:off
    static void run(String location, String from, String to) {
        // README
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<Row> articles = spark.read().parquet(from); // with a column "text"
        new TextEmbedding().setLocation(location).setOutputCol("vector") // a path that executors have, or files:NAME
                .transform(articles).write().parquet(to);
        // README
    }
    // @formatter:on
}
