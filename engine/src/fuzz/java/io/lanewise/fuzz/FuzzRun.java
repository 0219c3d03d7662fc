package io.lanewise.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs a module's fuzz tests, which are its test classes named so, each in a JVM of its own, which Jazzer needs. Starts with the
 * cases kept among the resources and with the corpus of the run before, and keeps logs, findings and corpus in one directory.
 */
final class FuzzRun {

    /**
     * What the module says of its fuzz tests: {@code instrumented} are the packages that coverage is counted in, {@code allowed} the
     * checks of Jazzer's own that forbid what the module is there to do.
     */
    private static final String SETTINGS = "/fuzz.properties";

    private static final Path CLASSES = Path.of("target", "test-classes");
    private static final String CLASS_END = "Fuzz.class";

    private static final List<String> JVM_FLAGS = List.of("-Xmx1g", "-XX:+UseSerialGC",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED", "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            // Vectors are objects until they are compiled, and would count as memory that a file takes.
            "-Dlanewise.vector.bits=0",
            // A test's time limit is that of one input, which Jazzer holds; JUnit would hold it for all together.
            "-Djunit.jupiter.execution.timeout.mode=disabled");

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern STATUS = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    private final Path directory;
    private final Duration duration;

    /** Names the directory and says how long each test runs. */
    FuzzRun(Path directory, Duration duration) {
        this.directory = directory.toAbsolutePath();
        this.duration = duration;
    }

    /**
     * Runs all tests, or those that are named, one after the other; exits with 1 if any of them found something.
     *
     * @param arguments the directory, how long each runs, such as {@code 20m}, and classes of tests
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        FuzzRun run = new FuzzRun(Path.of(arguments[0]), Duration.parse("PT" + arguments[1]));
        List<String> named = List.of(arguments).subList(2, arguments.length);
        boolean clean = true;
        for (String test : named.isEmpty() ? tests() : named) {
            clean &= run.findsNothing(test);
        }
        System.exit(clean ? 0 : 1);
    }

    /** Returns the fuzz tests of the module that this JVM was started in. */
    static List<String> tests() throws IOException {
        try (Stream<Path> classes = Files.walk(CLASSES)) {
            return classes.map(path -> CLASSES.relativize(path).toString()).filter(name -> name.endsWith(CLASS_END))
                    .map(name -> name.replace(".class", "").replace(File.separatorChar, '.')).sorted().toList();
        }
    }

    private static Properties settings() throws IOException {
        try (InputStream in = FuzzRun.class.getResourceAsStream(SETTINGS)) {
            Properties settings = new Properties();
            settings.load(in);
            return settings;
        }
    }

    /** Runs a test, prints a line about it, and says whether it found nothing. */
    boolean findsNothing(String test) throws IOException, InterruptedException {
        requireOneMethod(test);
        String name = test.substring(test.lastIndexOf('.') + 1);
        Path corpus = Files.createDirectories(directory.resolve(name));
        Path log = directory.resolve(name + ".log");
        int exit = new ProcessBuilder(command(test, corpus)).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start().waitFor();
        String output = Files.readString(log, StandardCharsets.ISO_8859_1);
        System.out.println(name + ": " + summary(output) + (exit == 0 ? "" : ", found something, see " + log));
        return exit == 0;
    }

    /** Jazzer runs the first that it finds in a class, and says nothing of others. */
    private static void requireOneMethod(String test) {
        try {
            Class<?> type = Class.forName(test, false, FuzzRun.class.getClassLoader());
            long methods = Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(com.code_intelligence.jazzer.junit.FuzzTest.class))
                    .count();
            if (methods != 1) {
                throw new IllegalArgumentException(
                        "a class must have one fuzz test: %s has %d".formatted(test, methods));
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> command(String test, Path corpus) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        if (duration.toMinutes() == 0) {
            // C2 takes half of the CPU time of a start, and pays only in a long run.
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
        Properties settings = settings();
        command.add("--target_class=" + test);
        command.add("--instrumentation_includes=" + settings.getProperty("instrumented"));
        if (settings.containsKey("allowed")) {
            command.add("--disabled_hooks=" + settings.getProperty("allowed"));
        }
        command.addAll(List.of("-max_total_time=" + duration.toSeconds(), corpus.toString()));
        return command;
    }

    private static String summary(String output) {
        MatchResult done = last(DONE, output);
        MatchResult status = last(STATUS, output);
        if (done == null || status == null) {
            return "did not end";
        }
        return "%s inputs in %s s, edges=%s, features=%s, corpus=%s".formatted(done.group(1), done.group(2),
                status.group(1), status.group(2), status.group(3));
    }

    private static MatchResult last(Pattern pattern, String output) {
        return pattern.matcher(output).results().reduce((_, after) -> after).orElse(null);
    }
}
