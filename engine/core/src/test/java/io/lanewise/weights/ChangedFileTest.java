package io.lanewise.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.lanewise.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lanewise.weights.FileBytes.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Shortens files under their mapping; pages are 4 to 64 KiB, so the tensors span several. */
class ChangedFileTest {
    private static final int DATA_BYTES = 1 << 20;
    private static final int ROUNDS = Tries.of(1, 3);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "F64", "I64", "I32", "BOOL"})
    void shouldNoticeWhateverTheType(final TensorType type) throws IOException {
        try (SafetensorsFile file = open(type)) {
            truncate(file.path(), 4096);
            final TensorInfo tensor = file.find("w").orElseThrow();
            assertChanged(file, () -> read(file, tensor));
        }
    }

    /** Also where the file ends within its last page, which then reads as zeros without a fault. */
    @ParameterizedTest
    @ValueSource(longs = {0, 8, 4096, 65536, DATA_BYTES - 1})
    void shouldNoticeWhereverTheFileEndsNow(final long bytes) throws IOException {
        try (SafetensorsFile file = open(TensorType.F32)) {
            truncate(file.path(), bytes);
            assertChanged(file, () -> file.floats(file.find("w").orElseThrow()));
        }
    }

    /** Compiled code learns of a fault later than the interpreter does; it still must not slip past the reader. */
    @Test
    void shouldNoticeInCompiledCode() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            try (SafetensorsFile file = open(TensorType.F32)) {
                final TensorInfo tensor = file.find("w").orElseThrow();
                for (int i = 0; i < 3_000; i++) {
                    file.floats(tensor);
                }
                truncate(file.path(), 0);
                for (int i = 0; i < 100; i++) {
                    assertChanged(file, () -> file.floats(tensor));
                }
            }
        }
    }

    /** Rows are copied without a look at the length between them; none of the faults may slip past the last. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void shouldNoticeInCompiledCodeThatCopiesRows(final TensorType type) throws IOException {
        final int[] rows = {500, 3, 900, 3};
        for (int round = 0; round < ROUNDS; round++) {
            try (SafetensorsFile file = open(type); Arena arena = Arena.ofConfined()) {
                final TensorInfo tensor = file.find("w").orElseThrow();
                final MemorySegment to = arena.allocate(4 * 80 * Float.BYTES);
                for (int i = 0; i < 3_000; i++) {
                    file.copyRows(tensor, rows, rows.length, 70, to, 0, 80 * Float.BYTES);
                }
                truncate(file.path(), 0);
                for (int i = 0; i < 100; i++) {
                    assertChanged(file, () -> file.copyRows(tensor, rows, rows.length, 70, to, 0, 80 * Float.BYTES));
                }
            }
        }
    }

    @Test
    void shouldNoticeThatTheFileGrew() throws IOException {
        try (SafetensorsFile file = open(TensorType.F32);
                FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.allocate(1));
            assertChanged(file, () -> file.floats(file.find("w").orElseThrow()));
        }
    }

    @Test
    void shouldNoticeWhileACheckpointIsRead() throws IOException {
        final Path path = write(TensorType.F32);
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            final long mapped = Files.size(path);
            truncate(path, 4096);
            final String message = assertThrows(WeightFileException.class, checkpoint::inMemory).getMessage();
            assertEquals("file changed while it was mapped: file=" + path + ", mapped bytes=" + mapped, message);
        }
    }

    /** Shapes and offsets stay those that were checked, whatever the file says by now. */
    @Test
    void shouldKeepTheHeaderThatWasChecked() throws IOException {
        try (SafetensorsFile file = open(TensorType.F32);
                FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            final TensorInfo tensor = file.find("w").orElseThrow();
            channel.write(ByteBuffer.allocate((int) tensor.offset()), 0);
            assertEquals(DATA_BYTES / Float.BYTES, file.floats(tensor).length);
            assertThrows(WeightFileException.class, () -> SafetensorsFile.open(file.path()));
        }
    }

    /** Whenever the file shrinks: between its length and its header, within a copy, before the mapping. */
    @Test
    void shouldReadOrRefuseAFileThatKeepsShrinking() throws Exception {
        final Path path = write(TensorType.F32);
        final byte[] whole = Files.readAllBytes(path);
        final Thread writer = Thread.ofPlatform().daemon().start(() -> shrinkAndRestore(path, whole));
        int reads = 0;
        int refusals = 0;
        while (writer.isAlive()) {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                file.floats(file.find("w").orElseThrow());
                reads++;
            } catch (final WeightFileException e) {
                refusals++;
            }
        }
        writer.join();
        assertTrue(reads > 0 && refusals > 0, "reads=" + reads + ", refusals=" + refusals);
    }

    private static void shrinkAndRestore(final Path path, final byte[] whole) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (final long end = System.nanoTime() + 2_000_000_000L; System.nanoTime() < end;) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(whole), 0);
                Thread.sleep(0, 100_000);
            }
        } catch (final IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenTheSourceOfAWriteShrinks() throws IOException {
        final Path target = directory.resolve("copy.safetensors");
        try (SafetensorsFile file = open(TensorType.F32)) {
            final TensorInfo tensor = file.find("w").orElseThrow();
            final SafetensorsWriter writer = SafetensorsWriter.create().add("w", tensor.type(), tensor.shape(),
                    file.data(tensor));
            truncate(file.path(), 0);
            assertThrows(InternalError.class, () -> writer.writeTo(target));
        }
        assertEquals(1, directory.toFile().list().length);
    }

    private SafetensorsFile open(final TensorType type) {
        return SafetensorsFile.open(write(type));
    }

    private Path write(final TensorType type) {
        final String shape = "[" + DATA_BYTES / type.bytes() + "]";
        return FileBytes.write(directory,
                FileBytes.of("{" + entry("w", type.name(), shape, 0, DATA_BYTES) + "}", DATA_BYTES));
    }

    private static Object read(final SafetensorsFile file, final TensorInfo tensor) {
        return switch (tensor.type()) {
            case F32, F16, BF16 -> file.floats(tensor);
            case F64 -> file.doubles(tensor);
            case I64, I32 -> file.longs(tensor);
            case BOOL -> file.booleans(tensor);
            default -> throw new IllegalArgumentException("nobody reads " + tensor.type());
        };
    }

    private static void truncate(final Path path, final long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private static void assertChanged(final SafetensorsFile file, final Executable read) {
        final String message = assertThrows(WeightFileException.class, read).getMessage();
        final String rule = "file changed while it was mapped: file=" + file.path() + ", mapped bytes=";
        assertEquals(rule, message.substring(0, Math.min(rule.length(), message.length())));
    }
}
