package io.lanewise.spark;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.lanewise.text.CrossEncoder;
import io.lanewise.text.TextEmbedder;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Spark in JVMs of its own: one alone, and a standalone master with two workers, of which one is killed in the middle of a job. */
@Tag("frameworks")
class ClusterTest {

    private static final long MOST_SECONDS = 240;
    private static final Path MODELS = Path.of("target/test-classes/models").toAbsolutePath();

    private static String expected;

    @TempDir
    private Path temp;

    private final List<Process> processes = new ArrayList<>();

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

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            kill(process);
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** A worker's executors are its children. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Process java(String log, String main, Map<String, String> settings, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                        "-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptionArray()));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(temp.toFile())
                .redirectOutput(temp.resolve(log).toFile());
        builder.environment().put("SPARK_HOME", temp.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private Process job(String master, long millis) throws IOException {
        Path markers = Files.createDirectories(temp.resolve("markers"));
        return java("job.log", Job.class.getName(), Map.of("spark.master", master, "spark.app.name", "test",
                "spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1", "spark.ui.enabled", "false",
                "spark.executor.memory", "512m", "spark.executor.extraClassPath",
                System.getProperty("java.class.path"), "spark.sql.shuffle.partitions", "4", "spark.local.dir",
                temp.resolve("local").toString()), MODELS.toString(), markers.toString(),
                temp.resolve("pipeline").toString(), String.valueOf(millis));
    }

    private void requireDone(Process job) throws Exception {
        boolean ended = job.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        String log = Files.readString(temp.resolve("job.log"));
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
        Files.createDirectories(temp.resolve("jars"));
        int port = freePort();
        java("master.log", "org.apache.spark.deploy.master.Master", Map.of(), "--host", "127.0.0.1", "--port",
                String.valueOf(port), "--webui-port", "0");
        awaitLine("master.log", "I have been elected leader");
        List<Process> workers = new ArrayList<>();
        for (String worker : List.of("worker-1.log", "worker-2.log")) {
            workers.add(java(worker, "org.apache.spark.deploy.worker.Worker", Map.of(), "--host", "127.0.0.1",
                    "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir",
                    temp.resolve("work").toString(),
                    "spark://127.0.0.1:" + port));
        }
        for (String worker : List.of("worker-1.log", "worker-2.log")) {
            awaitLine(worker, "Successfully registered with master");
        }
        Process job = job("spark://127.0.0.1:" + port, 250);
        await("partitions begin", () -> markers() > Job.PARTITIONS / 4);
        kill(workers.getFirst());
        requireDone(job);
        assertTrue(markers() >= Job.PARTITIONS, "partitions=" + markers());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > end || processes.stream().anyMatch(process -> !process.isAlive())) {
                throw new AssertionError(what + ": " + logs());
            }
            Thread.sleep(50);
        }
    }

    private void awaitLine(String log, String text) throws Exception {
        await(text, () -> Files.readString(temp.resolve(log)).contains(text));
    }

    private String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        for (File log : temp.toFile().listFiles((_, name) -> name.endsWith(".log"))) {
            all.append(log).append('\n').append(Files.readString(log.toPath())).append('\n');
        }
        return all.toString();
    }

    private long markers() throws IOException {
        if (!Files.exists(temp.resolve("markers"))) {
            return 0;
        }
        try (Stream<Path> all = Files.list(temp.resolve("markers"))) {
            return all.count();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
