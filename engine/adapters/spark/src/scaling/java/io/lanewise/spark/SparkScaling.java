package io.lanewise.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.text.TextEmbedder;

/**
 * Rows a second of all-MiniLM-L6-v2 on a standalone cluster with one executor and with two, of one core each: drivers in turn, each
 * with executors of its own that it warms up by a pass over all rows. Every pass has the bits that the rows have in one JVM.
 */
public final class SparkScaling {

    private static final String MODEL = "/all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
    private static final int TURNS = 2;
    private static final int PASSES = 3; // of a driver
    private static final int MOST_EXECUTORS = 2;
    private static final int MOST_MINUTES = 30;

    private final Path folder;
    private final long rows;
    private final List<List<Double>> seconds = List.of(new ArrayList<>(), new ArrayList<>()); // by executors

    private SparkScaling(Path folder, long rows) {
        this.folder = folder;
        this.rows = rows;
    }

    /** Measures with so many rows. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lanewise-scaling");
        try {
            new SparkScaling(folder, Long.parseLong(arguments[0])).measure();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void measure() throws IOException, InterruptedException {
        Path model = folder.resolve("all-minilm-l6-v2");
        importTo(model);
        long[] work = work(model);
        System.out.printf("%,d rows of %,d tokens in all; each pass must have sum %d%n", rows, work[1], work[0]);
        try (LocalCluster cluster = new LocalCluster(folder)) {
            String master = cluster.start(MOST_EXECUTORS, "2g");
            for (int turn = 0; turn < TURNS; turn++) {
                for (int executors = 1; executors <= MOST_EXECUTORS; executors++) {
                    drive(cluster, master, executors, model, work[0]);
                }
            }
        }
        double one = median(seconds.get(0));
        double two = median(seconds.get(1));
        System.out.printf("1 executor of one core: %.1f rows/s, %.0f tokens/s%n", rows / one, work[1] / one);
        System.out.printf("2 executors of one core: %.1f rows/s, %.0f tokens/s%n", rows / two, work[1] / two);
        System.out.printf("factor: %.2f (medians of %d passes each)%n", one / two, TURNS * PASSES);
    }

    private void importTo(Path model) throws IOException {
        Path tokenizer = folder.resolve("tokenizer.json");
        try (InputStream graph = SparkScaling.class.getResourceAsStream(MODEL);
                InputStream tokens = SparkScaling.class.getResourceAsStream(TOKENIZER);
                ImportedModel imported = OnnxImporter.read(graph, MODEL)) {
            Files.copy(tokens, tokenizer);
            imported.writeFolder(model,
                    ImportOptions.defaults().pooling("mean").normalize(true).tokenizer(tokenizer));
        }
    }

    /** Returns the sum that all rows have, and their tokens. */
    private long[] work(Path model) {
        try (TextEmbedder embedder = TextEmbedder.load(model)) {
            List<String> texts = LongStream.range(0, rows).mapToObj(ScalingJob::text).toList();
            float[][] vectors = embedder.embed(texts);
            long sum = LongStream.range(0, rows).map(id -> ScalingJob.sum(id, vectors[(int) id])).sum();
            return new long[]{sum, texts.stream().mapToLong(embedder::tokens).sum()};
        }
    }

    private void drive(LocalCluster cluster, String master, int executors, Path model, long sum)
            throws IOException, InterruptedException {
        Process driver = cluster.driver(ScalingJob.class, master,
                Map.of("spark.executor.memory", "1g", "spark.executor.cores", "1", "spark.cores.max",
                        String.valueOf(executors), "spark.scheduler.minRegisteredResourcesRatio", "1.0"),
                model.toString(), String.valueOf(rows), String.valueOf(PASSES));
        boolean ended = driver.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        String log = cluster.driverLog();
        boolean isRight = ended && driver.exitValue() == 0
                && values(log, ScalingJob.EXECUTORS).equals(List.of(String.valueOf(executors)))
                && values(log, ScalingJob.SUM).equals(
                        Stream.generate(() -> String.valueOf(sum)).limit(1 + PASSES).toList());
        if (!isRight) {
            throw new IllegalStateException("every pass must have each row once, with its bits: " + log);
        }
        List<Double> passes = values(log, ScalingJob.SECONDS).stream().map(Double::valueOf).toList();
        seconds.get(executors - 1).addAll(passes);
        System.out.printf("%d executor(s): seconds %s%n", executors, passes);
    }

    private static List<String> values(String log, String name) {
        return log.lines().filter(line -> line.startsWith(name)).map(line -> line.substring(name.length())).toList();
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
