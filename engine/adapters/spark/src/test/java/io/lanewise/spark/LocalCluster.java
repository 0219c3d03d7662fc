package io.lanewise.spark;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Spark in JVMs of its own with the class path of this one: drivers, and a standalone master with workers of one core each, on the
 * loopback interface. Each has a log in the folder; all end when it is closed. For one thread.
 */
final class LocalCluster implements AutoCloseable {

    static final long MOST_SECONDS = 240;

    private static final String DRIVER_LOG = "driver.log";

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> workers = new ArrayList<>();

    /** What is waited for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    LocalCluster(Path folder) {
        this.folder = folder;
    }

    /** Starts a master and workers, and returns the master's address once all have found it. */
    String start(int count, String memory) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("jars"));
        String port = String.valueOf(freePort());
        java("master.log", "org.apache.spark.deploy.master.Master", Map.of(), "--host", "127.0.0.1", "--port", port,
                "--webui-port", "0");
        awaitLine("master.log", "I have been elected leader");
        String address = "spark://127.0.0.1:" + port;
        for (int worker = 0; worker < count; worker++) {
            workers.add(java(workerLog(worker), "org.apache.spark.deploy.worker.Worker", Map.of(), "--host",
                    "127.0.0.1", "--cores", "1", "--memory", memory, "--webui-port", "0", "--work-dir",
                    folder.resolve("work").toString(), address));
        }
        for (int worker = 0; worker < count; worker++) {
            awaitLine(workerLog(worker), "Successfully registered with master");
        }
        return address;
    }

    private static String workerLog(int worker) {
        return "worker-" + (worker + 1) + ".log";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts a driver; what it prints is {@link #driverLog}. */
    Process driver(Class<?> main, String master, Map<String, String> settings, String... arguments)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(Map.of("spark.master", master, "spark.app.name", "test",
                "spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1", "spark.ui.enabled", "false",
                "spark.executor.memory", "512m", "spark.executor.extraClassPath",
                System.getProperty("java.class.path"), "spark.sql.shuffle.partitions", "4", "spark.local.dir",
                folder.resolve("local").toString()));
        all.putAll(settings);
        return java(DRIVER_LOG, main.getName(), all, arguments);
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
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile())
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("SPARK_HOME", folder.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Kills a worker, and its executors with it, which are its children. */
    void killWorker(int worker) {
        kill(workers.get(worker));
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Waits until something holds; fails where that takes long, or a process ends before. */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > end || processes.stream().anyMatch(process -> !process.isAlive())) {
                throw new AssertionError(what + ": " + logs());
            }
            Thread.sleep(50);
        }
    }

    private void awaitLine(String log, String text) throws IOException, InterruptedException {
        await(text, () -> Files.readString(folder.resolve(log)).contains(text));
    }

    private String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        for (File log : folder.toFile().listFiles((_, name) -> name.endsWith(".log"))) {
            all.append(log).append('\n').append(Files.readString(log.toPath())).append('\n');
        }
        return all.toString();
    }

    /** Returns what the last driver has printed. */
    String driverLog() throws IOException {
        return Files.readString(folder.resolve(DRIVER_LOG));
    }

    @Override
    public void close() {
        for (Process process : processes) {
            kill(process);
            process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> process).join();
        }
    }
}
