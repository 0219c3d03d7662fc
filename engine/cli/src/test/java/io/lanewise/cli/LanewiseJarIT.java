package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.lanewise.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The real jar, started as people start it. */
@Execution(ExecutionMode.CONCURRENT)
class LanewiseJarIT {

    private static final Path JAR = Path.of(System.getProperty("lanewise.jar"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** Kernels of which none is tried, which takes seconds. */
    private static final String SCALAR = "-Dlanewise.vector.bits=0";

    @TempDir
    private Path folder;

    @Test
    void shouldRunWithoutOtherFlags() throws Exception {
        Golden golden = Golden.of("lanes/co-attention");
        Path output = folder.resolve("output.safetensors");
        Cli run = start(JAVA, List.of(), "run", golden.weights().toString(), golden.input().toString(), "-o",
                output.toString());
        assertTrue(run.succeeded().startsWith("co-attention (plan): "), run.out());
        try (SafetensorsFile file = SafetensorsFile.open(output)) {
            assertEquals(2, file.tensors().size());
        }
    }

    @Test
    void shouldDrawAPicture() throws Exception {
        Golden golden = Golden.of("lanes/co-attention");
        Path picture = folder.resolve("attention.png");
        start(JAVA, List.of(), "heatmap", golden.weights().toString(), golden.input().toString(), "-o",
                picture.toString()).succeeded();
        assertTrue(Files.size(picture) > 0);
    }

    @Test
    void shouldReportAMistakeOnOneLine() throws Exception {
        Cli run = start(JAVA, List.of(), "inspect", "missing");
        run.refused("file must exist: file=missing");
    }

    @Test
    void shouldFindTheFlagsPresentAndTheVersionKnownAndHandOnTheUsersFlags() throws Exception {
        Cli doctor = start(JAVA, List.of(SCALAR), "doctor");
        assertEquals("", doctor.err());
        assertTrue(doctor.out().contains("--add-modules jdk.incubator.vector: present"), doctor.out());
        assertTrue(doctor.out().contains("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED: present"),
                doctor.out());
        assertTrue(doctor.out().contains("--enable-native-access=ALL-UNNAMED: present"), doctor.out());
        assertTrue(doctor.out().matches("(?s)lanewise {3}[0-9].*"), doctor.out());
        assertTrue(doctor.out().contains("to change: no vector kernels run, scalar loops: lanewise.vector.bits=0"),
                doctor.out() + doctor.err());
        assertEquals(2, doctor.exit());
    }

    @Test
    void shouldRunInOneJvmThatHasTheModule() throws Exception {
        Cli doctor = start(JAVA, List.of("--add-modules", "jdk.incubator.vector", SCALAR), "doctor");
        assertTrue(doctor.out().contains("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED: present"),
                doctor.out());
        assertEquals("WARNING: Using incubator modules: jdk.incubator.vector", doctor.err().strip());
    }

    @Test
    void shouldSayWhatItNeedsOnAnOlderJava() throws Exception {
        Optional<Path> older = olderJava();
        assumeTrue(older.isPresent(), "needs an installed Java 17 or 21");
        Cli run = start(older.get(), List.of(), "doctor");
        assertTrue(
                run.err().matches("lanewise: needs Java 25 or newer: this is Java \\S+ in \\S+, JAVA_HOME.*; install a "
                        + "JDK 25 and start the jar with its bin/java\\R"),
                run.err());
        assertEquals("", run.out());
        assertEquals(2, run.exit());
    }

    private static Optional<Path> olderJava() throws IOException {
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(installed)) {
            return homes.filter(home -> home.getFileName().toString().matches(".*\\b(17|21)\\b.*"))
                    .map(home -> home.resolve("bin/java")).filter(Files::isExecutable).sorted().findFirst();
        }
    }

    private Cli start(Path java, List<String> flags, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int exit = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start()
                .waitFor();
        return new Cli(exit, Files.readString(out), Files.readString(err));
    }
}
