package io.lanewise.bench.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.lanewise.bench.peers.PeerEnvironment;

/** Starts a JVM with the class path and flags of this one, in the environment in which peers are measured. */
public final class ChildJvm {

    private static final String CLASS_PATH = "java.class.path";

    private ChildJvm() {}

    /**
     * Runs a main class to its end.
     *
     * @param flags what the JVM gets besides the flags of this one
     * @param log what it prints is added to this file
     * @throws IOException if it cannot be started or fails; the log says why
     */
    public static void run(Class<?> main, List<String> flags, List<String> arguments, Path log)
            throws IOException, InterruptedException {
        run(System.getProperty(CLASS_PATH), main, flags, arguments, log);
    }

    /** Runs a main class to its end with a class path of its own; otherwise as the other one. */
    public static void run(String classPath, Class<?> main, List<String> flags, List<String> arguments, Path log)
            throws IOException, InterruptedException {
        int exit = start(classPath, main, flags, arguments, log).waitFor();
        if (exit != 0) {
            throw new IOException("a measured process must end well: process=%s, arguments=%s, exit=%d, log=%s"
                    .formatted(main.getSimpleName(), arguments, exit, log));
        }
    }

    /**
     * Starts a main class and does not wait for it.
     *
     * @param flags what the JVM gets besides the flags of this one
     * @param log what it prints is added to this file
     */
    public static Process start(Class<?> main, List<String> flags, List<String> arguments, Path log)
            throws IOException {
        return start(System.getProperty(CLASS_PATH), main, flags, arguments, log);
    }

    private static Process start(String classPath, Class<?> main, List<String> flags, List<String> arguments, Path log)
            throws IOException {
        ProcessBuilder child = new ProcessBuilder(command(main, flags, arguments)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        PeerEnvironment.clean(child.environment());
        // Not -cp: with one of some 4,000 characters ONNX Runtime crashes when it is loaded (1.29.0, JDK 25.0.3).
        child.environment().put("CLASSPATH", classPath);
        return child.start();
    }

    private static List<String> command(Class<?> main, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")).forEach(command::add);
        command.addAll(flags);
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
