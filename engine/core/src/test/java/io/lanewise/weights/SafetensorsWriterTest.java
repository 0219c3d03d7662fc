package io.lanewise.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class SafetensorsWriterTest {
    @TempDir
    Path directory;

    @Test
    void shouldReadBackEveryType() {
        final Path path = directory.resolve("all.safetensors");
        final float[] floats = {0, -0.0f, 1.5f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
        final double[] doubles = {Math.PI, Double.MIN_VALUE};
        final long[] longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE};
        final byte[] ints = {1, 0, 0, 0, -1, -1, -1, -1};
        final byte[] halfs = {0x00, 0x3c, 0x01, 0x00, (byte) 0xff, (byte) 0xfb};
        final byte[] bfloats = {(byte) 0x80, 0x3f, 0x01, 0x00, (byte) 0x7f, (byte) 0xff};
        SafetensorsWriter.create().addFloats("f32", List.of(2L, 3L), floats).addDoubles("f64", List.of(2L), doubles)
                .addLongs("i64", List.of(3L, 1L), longs)
                .addBooleans("bool", List.of(3L), new boolean[]{true, false, true})
                .add("i32", TensorType.I32, List.of(2L), MemorySegment.ofArray(ints))
                .add("f16", TensorType.F16, List.of(3L), MemorySegment.ofArray(halfs))
                .add("bf16", TensorType.BF16, List.of(3L), MemorySegment.ofArray(bfloats)).writeTo(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertArrayEquals(floats, file.floats(tensor(file, "f32")));
            assertArrayEquals(new double[]{0, -0.0, 1.5, 0x1p-149, Double.NaN, Double.NEGATIVE_INFINITY},
                    file.doubles(tensor(file, "f32")));
            assertArrayEquals(doubles, file.doubles(tensor(file, "f64")));
            assertArrayEquals(longs, file.longs(tensor(file, "i64")));
            assertArrayEquals(new long[]{1, -1}, file.longs(tensor(file, "i32")));
            assertArrayEquals(new boolean[]{true, false, true}, file.booleans(tensor(file, "bool")));
            assertArrayEquals(new float[]{1, 0x1p-24f, -65504}, file.floats(tensor(file, "f16")));
            assertArrayEquals(new double[]{1, 0x1p-24, -65504}, file.doubles(tensor(file, "f16")));
            assertArrayEquals(new float[]{1, 0x1p-133f, -0x1.fep127f}, file.floats(tensor(file, "bf16")));
            assertEquals("F32 [2, 3]", tensor(file, "f32").describe());
        }
    }

    @Test
    void shouldWriteTheBytesOfTheReferenceWriter() throws IOException {
        final Path path = directory.resolve("w");
        SafetensorsWriter.create().addFloats("w", List.of(2L), new float[]{1, -2}).writeTo(path);
        final String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        final byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
        assertArrayEquals(FileBytes.of((header + " ".repeat(-header.length() & 7)).getBytes(UTF_8), data),
                Files.readAllBytes(path));
    }

    @Test
    void shouldWriteAnEmptyFile() throws IOException {
        final Path path = directory.resolve("empty");
        SafetensorsWriter.create().writeTo(path);
        assertArrayEquals(FileBytes.of("{}      ", 0), Files.readAllBytes(path));
    }

    @Test
    void shouldOrderByTypeThenName() {
        final Path path = directory.resolve("ordered");
        final SafetensorsWriter writer = SafetensorsWriter.create();
        for (final String name : List.of("b", "\ud83d\ude00", "\uffee", "a")) {
            for (final TensorType type : List.of(TensorType.BOOL, TensorType.F16, TensorType.I64, TensorType.BF16,
                    TensorType.F64, TensorType.I32, TensorType.F32)) {
                writer.add(name + type, type, List.of(1L), MemorySegment.ofArray(new byte[type.bytes()]));
            }
        }
        writer.writeTo(path);
        final List<String> names = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (final TensorInfo tensor : file.tensors()) {
                names.add(tensor.name());
                assertEquals(0, tensor.offset() % tensor.type().bytes(), tensor::toString);
            }
        }
        final List<String> expected = new ArrayList<>();
        for (final String type : List.of("I64", "F64", "F32", "I32", "BF16", "F16", "BOOL")) {
            expected.addAll(List.of("a" + type, "b" + type, "\uffee" + type, "\ud83d\ude00" + type));
        }
        assertEquals(expected, names);
    }

    @Test
    void shouldKeepMetadataWhateverItsCharacters() throws IOException {
        final Path path = directory.resolve("notes");
        final String strange = "\"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028é\ud83d\ude00";
        SafetensorsWriter.create().metadata("layer", "co-attention").metadata(strange, strange)
                .addFloats(strange, List.of(), new float[1]).writeTo(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(Map.of("layer", "co-attention", strange, strange), file.metadata());
            assertTrue(file.find(strange).isPresent());
        }
        final String escaped = "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\\u2028é\ud83d\ude00\"";
        assertTrue(new String(Files.readAllBytes(path), UTF_8).contains(escaped + ":" + escaped),
                "escapes what it must, and no other letters");
    }

    @Test
    void shouldWriteMoreThanOneBuffer() {
        final Path path = directory.resolve("large");
        final float[] values = new float[700_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        SafetensorsWriter.create().addFloats("w", List.of(700_001L), values)
                .addFloats("v", List.of(1L, 700_001L), values)
                .writeTo(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertArrayEquals(values, file.floats(tensor(file, "v")));
            assertArrayEquals(values, file.floats(tensor(file, "w")));
        }
    }

    @Test
    void shouldReplaceAFileThatIsItsOwnSource() {
        final Path path = directory.resolve("self");
        SafetensorsWriter.create().addFloats("w", List.of(2L), new float[]{1, 2}).writeTo(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            final TensorInfo tensor = tensor(file, "w");
            SafetensorsWriter.create().add("renamed", tensor.type(), tensor.shape(), file.data(tensor)).writeTo(path);
            assertArrayEquals(new float[]{1, 2}, file.floats(tensor), "the old file lives on under its mapping");
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertArrayEquals(new float[]{1, 2}, file.floats(tensor(file, "renamed")));
        }
        assertOnly("self");
    }

    @Test
    void shouldWriteThroughALink() throws IOException {
        final Path path = Files.writeString(directory.resolve("real"), "old");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), path);
        SafetensorsWriter.create().writeTo(link);
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(16, Files.size(path));
    }

    @Test
    void shouldGiveTheFileOrdinaryPermissions() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        final Path ordinary = Files.createFile(directory.resolve("ordinary"));
        final Path path = directory.resolve("w");
        SafetensorsWriter.create().writeTo(path);
        assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(path));
    }

    @Test
    void shouldLeaveAnExistingTargetUntouchedOnFailure() throws IOException {
        final Path path = Files.writeString(directory.resolve("w"), "precious");
        final SafetensorsWriter writer = SafetensorsWriter.create();
        try (Arena arena = Arena.ofConfined()) {
            writer.addFloats("a", List.of(1L), new float[1]).add("b", TensorType.F32, List.of(2L), arena.allocate(8));
        }
        assertThrows(IllegalStateException.class, () -> writer.writeTo(path));
        assertEquals("precious", Files.readString(path));
        assertOnly("w");
    }

    @Test
    void shouldLeaveNothingBehindWhenInterrupted() throws IOException {
        final Path path = Files.writeString(directory.resolve("w"), "precious");
        Thread.currentThread().interrupt();
        try {
            assertEquals("file could not be written: file=" + path + ", reason=ClosedByInterruptException",
                    assertThrows(WeightFileException.class, () -> SafetensorsWriter.create().writeTo(path))
                            .getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals("precious", Files.readString(path));
        assertOnly("w");
    }

    @Test
    void shouldRefuseTargetsThatCannotBeReplaced() throws IOException {
        assertUnwritable("file to write must not be a directory: file=" + directory, directory);
        final Path orphan = directory.resolve("missing/w");
        assertUnwritable("directory of the file to write must exist: file=" + orphan, orphan);
        final Path below = Files.createFile(directory.resolve("plain")).resolve("w");
        assertUnwritable("directory of the file to write must exist: file=" + below, below);
    }

    @Test
    void shouldRefuseADevice() {
        final Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        assertUnwritable("file to write must be a regular file: file=/dev/null", device);
        assertTrue(!Files.isRegularFile(device, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void shouldRefuseAnUnwritableTarget() throws IOException {
        final Path path = Files.writeString(directory.resolve("w"), "precious");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));
        assumeFalse(Files.isWritable(path), "root writes everything");
        assertUnwritable("file to write and its directory must be writable: file=" + path, path);
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void shouldRefuseAnUnwritableDirectory() throws IOException {
        final Path closed = Files.createDirectory(directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assumeFalse(Files.isWritable(closed), "root writes everywhere");
        final Path path = closed.resolve("w");
        assertUnwritable("file to write and its directory must be writable: file=" + path, path);
    }

    @Test
    void shouldRefuseShapesThatDisagreeWithTheData() {
        final SafetensorsWriter writer = SafetensorsWriter.create();
        assertRefused("shape times type must equal the size of the data: tensor='w', type=F32, shape=[2, 2], "
                + "expected bytes=16, data bytes=12", () -> writer.addFloats("w", List.of(2L, 2L), new float[3]));
        assertRefused("shape must not be negative: tensor='w', type=F32, shape=[-1, -1]",
                () -> writer.addFloats("w", List.of(-1L, -1L), new float[1]));
        assertRefused("shape times type must not overflow 63 bits: tensor='w', type=F64, shape=[2305843009213693952]",
                () -> writer.addDoubles("w", List.of(1L << 61), new double[0]));
        assertRefused("shape must have at most 64 numbers: tensor='w', type=I64, shape=[65 numbers]",
                () -> writer.addLongs("w", Collections.nCopies(65, 1L), new long[1]));
    }

    @Test
    void shouldRefuseNamesThatAFileCannotHold() {
        final SafetensorsWriter writer = SafetensorsWriter.create().addFloats("w", List.of(0L), new float[0])
                .metadata("k", "v");
        assertRefused("tensor names must not repeat: tensor='w'",
                () -> writer.addBooleans("w", List.of(0L), new boolean[0]));
        assertRefused("tensor name is reserved: tensor='__metadata__'",
                () -> writer.addFloats("__metadata__", List.of(0L), new float[0]));
        assertRefused("tensor name must be valid Unicode: name='\\ud800'",
                () -> writer.addFloats("\ud800", List.of(0L), new float[0]));
        assertRefused("tensor name must not exceed 50000 characters: name='" + "x".repeat(80)
                + "...', characters=50001", () -> writer.addFloats("x".repeat(50_001), List.of(0L), new float[0]));
        assertRefused("metadata keys must not repeat: key='k'", () -> writer.metadata("k", "v"));
        assertRefused("metadata must be valid Unicode: key='x'", () -> writer.metadata("x", "\udfff"));
    }

    @Test
    void shouldBeAsStrictAsItsReader() {
        final Path path = directory.resolve("limits");
        final String longest = "x".repeat(50_000);
        SafetensorsWriter.create().metadata(longest, "y".repeat(1 << 20))
                .addFloats(longest, Collections.nCopies(64, 1L), new float[1]).writeTo(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(64, tensor(file, longest).shape().size());
        }
    }

    private static TensorInfo tensor(final SafetensorsFile file, final String name) {
        return file.find(name).orElseThrow();
    }

    private void assertOnly(final String name) {
        assertArrayEquals(new String[]{name}, directory.toFile().list());
    }

    private static void assertUnwritable(final String message, final Path target) {
        assertEquals(message,
                assertThrows(WeightFileException.class, () -> SafetensorsWriter.create().writeTo(target)).getMessage());
    }

    private static void assertRefused(final String message, final Executable add) {
        assertEquals(message, assertThrows(LanewiseException.class, add).getMessage());
    }
}
