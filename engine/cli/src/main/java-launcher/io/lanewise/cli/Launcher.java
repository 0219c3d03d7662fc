package io.lanewise.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Starts the command line from {@code java -jar}: says what is needed where Java is too old, else starts the same Java again
 * with the flags that a manifest cannot give. Compiled for Java 8, so that an old Java gets as far as the message.
 */
public final class Launcher {

    private static final int OLDEST_JAVA = 25;
    private static final String MAIN = "io.lanewise.cli.Main";
    private static final String MODULE = "jdk.incubator.vector";
    private static final String INTERNALS = "jdk.internal.misc";
    private static final List<String> FLAGS = Arrays.asList("--add-modules", MODULE, "--add-exports",
            "java.base/" + INTERNALS + "=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");

    /** Variables whose flags the first JVM has taken; it hands them on as arguments, and each JVM reports them. */
    private static final List<String> FLAG_VARIABLES = Arrays.asList("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS");

    /** What the second JVM prints first, and what standard error is no place for: it is meant, and nothing can be done. */
    private static final String NOTICE = "WARNING: Using incubator modules: " + MODULE;

    private Launcher() {}

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) throws Exception {
        if (javaVersion() < OLDEST_JAVA) {
            System.err.println(needed());
            System.exit(2);
        }
        if (hasFlags()) {
            runHere(arguments);
        } else {
            System.exit(runAgain(arguments));
        }
    }

    private static int javaVersion() {
        String version = System.getProperty("java.specification.version");
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }

    private static String needed() {
        String home = System.getenv("JAVA_HOME");
        return "lanewise: needs Java " + OLDEST_JAVA + " or newer: this is Java " + System.getProperty("java.version")
                + " in " + System.getProperty("java.home") + ", "
                + (home == null ? "JAVA_HOME is not set" : "JAVA_HOME=" + home) + "; install a JDK " + OLDEST_JAVA
                + " and start the jar with its bin/java";
    }

    // ---------------------------------------------------------------- in this JVM

    private static boolean hasFlags() throws ReflectiveOperationException {
        try {
            Class.forName("jdk.incubator.vector.Vector", false, Launcher.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return false;
        }
        Method module = Class.class.getMethod("getModule"); // since Java 9
        Method isExported = module.getReturnType().getMethod("isExported", String.class, module.getReturnType());
        return (Boolean) isExported.invoke(module.invoke(Object.class), INTERNALS, module.invoke(Launcher.class));
    }

    private static void runHere(String[] arguments) throws Exception {
        try {
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
        }
    }

    // ---------------------------------------------------------------- in another JVM

    private static int runAgain(String[] arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(FLAG_VARIABLES);
        final Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread() {
            @Override
            public void run() {
                process.destroy();
            }
        });
        try (InputStream errors = process.getErrorStream()) {
            copyWithoutNotice(errors, System.err);
        }
        return process.waitFor();
    }

    private static List<String> command(String[] arguments) {
        List<String> command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(FLAGS);
        if (isTerminal()) {
            command.add("-Dlanewise.terminal=true"); // the other JVM sees a pipe
        }
        command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Says whether standard error is a terminal, where that can be told. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Paths.get("/proc/self/fd/2")).toString()
                    .matches("/dev/(pts/\\d+|tty\\w*|console)");
        } catch (IOException e) {
            return false;
        }
    }

    /** Copies everything but a first line that is the notice. */
    private static void copyWithoutNotice(InputStream from, OutputStream to) throws IOException {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        int next = from.read();
        while (next >= 0 && next != '\n' && start.size() <= NOTICE.length()) {
            start.write(next);
            next = from.read();
        }
        if (next != '\n' || !start.toString("UTF-8").trim().equals(NOTICE)) {
            if (next >= 0) {
                start.write(next);
            }
            start.writeTo(to);
        }
        byte[] buffer = new byte[8192];
        for (int bytes = from.read(buffer); bytes >= 0; bytes = from.read(buffer)) {
            to.write(buffer, 0, bytes);
            to.flush();
        }
    }
}
