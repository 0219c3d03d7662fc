package io.lanewise.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.lanewise.text.CrossEncoder;
import io.lanewise.text.TextEmbedder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Spark in JVMs of its own: one alone, and a standalone master with two workers, of which one is killed in the middle of a job. */
@Tag("frameworks")
class ClusterTest {

    private static final Path MODELS = Path.of("target/test-classes/models").toAbsolutePath();

    private static String expected;

    @TempDir
    private Path temp;

    private LocalCluster cluster;

    @BeforeAll
    static void compute() {
        long sum = 0;
        try (TextEmbedder embedder = TextEmbedder.load(MODELS.resolve("embedder"));
                CrossEncoder encoder = CrossEncoder.load(MODELS.resolve("reranker"))) {
            for (long id = 0; id < Job.ROWS; id++) {
                sum += Job.sum(id, embedder.embed(Job.text(id)), encoder.score("w5 w6", Job.text(id)));
            }
        }
        expected = "rows=%d ids=%d sum=%d".formatted(Job.ROWS, Job.ROWS, sum);
    }

    @BeforeEach
    void prepare() {
        cluster = new LocalCluster(temp);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Process job(String master, long millis) throws IOException {
        Path markers = Files.createDirectories(temp.resolve("markers"));
        return cluster.driver(Job.class, master, Map.of(), MODELS.toString(), markers.toString(),
                temp.resolve("pipeline").toString(), String.valueOf(millis));
    }

    private void requireDone(Process job) throws Exception {
        boolean ended = job.waitFor(LocalCluster.MOST_SECONDS, TimeUnit.SECONDS);
        String log = cluster.driverLog();
        assertTrue(ended && job.exitValue() == 0, log);
        assertEquals(expected, line(log, "rows="));
        assertTrue(line(log, "kernels=").contains("bit"), line(log, "kernels="));
    }

    private static String line(String log, String start) {
        return log.lines().filter(line -> line.startsWith(start)).findFirst()
                .orElseThrow(() -> new AssertionError(log));
    }

    @Test
    void shouldComputeInOneJvm() throws Exception {
        requireDone(job("local[2]", 0));
    }

    @Test
    void shouldComputeEveryRowOnceThoughAWorkerIsKilled() throws Exception {
        Process job = job(cluster.start(2, "1g"), 250);
        cluster.await("partitions begin", () -> markers() > Job.PARTITIONS / 4);
        cluster.killWorker(0);
        requireDone(job);
        assertTrue(markers() >= Job.PARTITIONS, "partitions=" + markers());
    }

    private long markers() throws IOException {
        if (!Files.exists(temp.resolve("markers"))) {
            return 0;
        }
        try (Stream<Path> all = Files.list(temp.resolve("markers"))) {
            return all.count();
        }
    }
}
