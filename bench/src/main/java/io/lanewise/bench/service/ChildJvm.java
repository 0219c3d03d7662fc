package io.lanewise.bench.service;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Starts a JVM with the class path and flags of this one. */
final class ChildJvm {

    /** The same for every engine, so that what is resident is the engine's and not what a collector has not picked up yet. */
    private static final String HEAP = "-Xmx512m";

    private ChildJvm() {}

    /**
     * Runs a main class to its end.
     *
     * @param log what it prints is added to this file
     * @throws IOException if it cannot be started or fails; the log says why
     */
    static void run(Class<?> main, List<String> arguments, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")).forEach(command::add);
        command.add(HEAP);
        command.add("--enable-native-access=ALL-UNNAMED"); // peers are native
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("-D" + ColdRun.STARTED + "=" + Instant.now());
        command.add(main.getName());
        command.addAll(arguments);
        int exit = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start().waitFor();
        if (exit != 0) {
            throw new IOException("a measured process must end well: process=%s, arguments=%s, exit=%d, log=%s"
                    .formatted(main.getSimpleName(), arguments, exit, log));
        }
    }
}
