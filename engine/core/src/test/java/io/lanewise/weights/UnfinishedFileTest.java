package io.lanewise.weights;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** A file that is written when the JVM ends, or when writing fails, is as it was, and nothing is left beside it. */
class UnfinishedFileTest {
    private static final int MOST_SECONDS = 60;

    @TempDir
    Path directory;

    /** Writes without an end. */
    static final class Writer {
        private Writer() {}

        public static void main(final String[] arguments) {
            new AtomicFile(Path.of(arguments[0])).write(out -> {
                out.write(ByteBuffer.wrap(new byte[1000]));
                System.out.println("writing");
                while (true) {
                    pause();
                }
            });
        }

        private static void pause() {
            try {
                Thread.sleep(1000);
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 2, 130", "TERM, 15, 143"})
    @EnabledOnOs(OS.LINUX)
    void shouldLeaveNothingWhenTheJvmIsEndedByASignal(final String signal, final int number, final int exit)
            throws IOException, InterruptedException {
        assumeFalse(isIgnored("self", number), "whoever started this JVM has it ignore SIG" + signal);
        final Path file = directory.resolve("vectors.npy");
        Files.writeString(file, "old");
        final Process child = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Writer.class.getName(),
                file.toString())).redirectErrorStream(true).start();
        try {
            final BufferedReader said = child.inputReader(StandardCharsets.UTF_8);
            assertEquals("writing", said.readLine());
            assertEquals(2, files().size());
            new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start().waitFor();
            assertTrue(child.waitFor(MOST_SECONDS, TimeUnit.SECONDS), "a JVM must end when it is told to");
            assertEquals(exit, child.exitValue());
        } finally {
            child.destroyForcibly();
        }
        assertEquals(List.of(file), files());
        assertEquals("old", Files.readString(file));
    }

    private static boolean isIgnored(final String process, final int number) throws IOException {
        final String mask = Files.readString(Path.of("/proc", process, "status")).lines()
                .filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow().substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(mask, 16) >> number - 1 & 1) == 1;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void shouldLeaveNothingWhenWritingFails() throws IOException {
        final Path file = directory.resolve("vectors.npy");
        assertThrows(WeightFileException.class, () -> new AtomicFile(file).write(out -> {
            out.write(ByteBuffer.wrap(new byte[1000]));
            throw new IOException("the disk is full");
        }));
        assertEquals(List.of(), files());
        new AtomicFile(file).write(out -> out.write(ByteBuffer.wrap(new byte[7])));
        assertEquals(List.of(file), files());
        assertEquals(7, Files.size(file));
    }
}
