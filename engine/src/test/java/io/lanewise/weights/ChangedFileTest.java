package io.lanewise.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lanewise.weights.FileBytes.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Shortens files under their mapping; pages are 4 to 64 KiB, so the tensors span several. */
class ChangedFileTest {
    private static final int DATA_BYTES = 1 << 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
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
        for (int round = 0; round < 3; round++) {
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

    @Test
    void shouldNoticeThatTheFileGrew() throws IOException {
        try (SafetensorsFile file = open(TensorType.F32);
                FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.allocate(1));
            assertChanged(file, () -> file.floats(file.find("w").orElseThrow()));
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
        final String shape = "[" + DATA_BYTES / type.bytes() + "]";
        return SafetensorsFile.open(FileBytes.write(directory,
                FileBytes.of("{" + entry("w", type.name(), shape, 0, DATA_BYTES) + "}", DATA_BYTES)));
    }

    private static Object read(final SafetensorsFile file, final TensorInfo tensor) {
        return switch (tensor.type()) {
            case F32, F16, BF16 -> file.floats(tensor);
            case F64 -> file.doubles(tensor);
            case I64, I32 -> file.longs(tensor);
            case BOOL -> file.booleans(tensor);
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
