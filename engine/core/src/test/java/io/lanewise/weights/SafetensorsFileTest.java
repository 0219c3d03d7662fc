package io.lanewise.weights;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import static io.lanewise.weights.FileBytes.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SafetensorsFileTest {
    private static final String THREE = "{\"__metadata__\":{\"layer\":\"x\",\"é\":\"\"},"
            + entry("b", "F32", "[1]", 1, 5)
            + "," + entry("a", "BOOL", "[1,1]", 0, 1) + "," + entry("c", "I32", "[]", 5, 9) + "}";

    @TempDir
    Path directory;

    @Test
    void shouldListTensorsInFileOrder() {
        try (SafetensorsFile file = open(THREE, new byte[9])) {
            final long start = 8L + THREE.getBytes(StandardCharsets.UTF_8).length;
            assertEquals(
                    List.of(new TensorInfo("a", TensorType.BOOL, List.of(1L, 1L), start, 1),
                            new TensorInfo("b", TensorType.F32, List.of(1L), start + 1, 4),
                            new TensorInfo("c", TensorType.I32, List.of(), start + 5, 4)),
                    new ArrayList<>(file.tensors()));
            assertEquals(directory.resolve("weights.safetensors"), file.path());
        }
    }

    @Test
    void shouldFindTensorsByExactName() {
        try (SafetensorsFile file = open(THREE, new byte[9])) {
            assertEquals("BOOL [1, 1]", file.find("a").orElseThrow().describe());
            assertEquals("I32 []", file.find("c").orElseThrow().describe());
            assertEquals(1, file.find("c").orElseThrow().elements());
            assertEquals(Optional.empty(), file.find("A"));
        }
    }

    @Test
    void shouldShareNothingThatCanBeModified() {
        try (SafetensorsFile file = open(THREE, new byte[9])) {
            assertEquals(Map.of("layer", "x", "é", ""), file.metadata());
            final TensorInfo tensor = file.find("a").orElseThrow();
            assertThrows(UnsupportedOperationException.class, () -> file.metadata().put("k", "v"));
            assertThrows(UnsupportedOperationException.class, () -> file.tensors().clear());
            assertThrows(UnsupportedOperationException.class, () -> tensor.shape().set(0, 2L));
            assertThrows(IllegalArgumentException.class, () -> file.data(tensor).fill((byte) 1));
        }
    }

    @Test
    void shouldAcceptWhatTheReferenceReaderAccepts() {
        final String spaced = "{ \"a\" :\n{\"data_offsets\":[0 , 0],\t\"shape\":[0,9223372036854775807],"
                + "\"dtype\":\"F32\"}\r\n}     ";
        for (final String header : List.of("{}", "{}      ", "{\"__metadata__\":{}}", spaced,
                "{" + entry("", "F16", "[7,0]", 0, 0) + "," + entry(" ", "F16", "[0]", 0, 0) + "}")) {
            open(header, new byte[0]).close();
        }
    }

    @Test
    void shouldReadAgainWhatWasUnloaded() {
        SafetensorsFile closed;
        try (SafetensorsFile file = open("{" + entry("w", "F32", "[2048]", 0, 8192) + "}", new byte[8192])) {
            final TensorInfo tensor = file.find("w").orElseThrow();
            final float[] before = file.floats(tensor);
            file.unload(tensor);
            assertArrayEquals(before, file.floats(tensor));
            final TensorInfo foreign = new TensorInfo("w", TensorType.F32, List.of(4096L), tensor.offset(), 16384);
            assertThrows(WeightFileException.class, () -> file.unload(foreign));
            closed = file;
        }
        assertThrows(IllegalStateException.class, () -> closed.unload(
                new TensorInfo("w", TensorType.F32, List.of(2048L), 0, 8192)));
    }

    @Test
    void shouldReadZeroElementTensors() {
        try (SafetensorsFile file = open("{" + entry("none", "F32", "[3,0]", 0, 0) + "}", new byte[0])) {
            final TensorInfo none = file.find("none").orElseThrow();
            assertEquals(0, none.elements());
            assertEquals(0, file.floats(none).length);
            assertEquals(0, file.data(none).byteSize());
        }
    }

    @Test
    void shouldReadUnalignedLittleEndianValues() {
        final byte[] data = {1, 0, 0, (byte) 0xc0, (byte) 0x3f, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        try (SafetensorsFile file = open(THREE, data)) {
            assertArrayEquals(new boolean[]{true}, file.booleans(file.find("a").orElseThrow()));
            assertArrayEquals(new float[]{1.5f}, file.floats(file.find("b").orElseThrow()));
            assertArrayEquals(new double[]{1.5}, file.doubles(file.find("b").orElseThrow()));
            assertArrayEquals(new long[]{-2}, file.longs(file.find("c").orElseThrow()));
        }
    }

    @Test
    void shouldGiveDataWithoutACopy() {
        final byte[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        try (SafetensorsFile file = open(THREE, data)) {
            final MemorySegment segment = file.data(file.find("b").orElseThrow());
            assertTrue(segment.isReadOnly() && segment.isMapped());
            assertArrayEquals(new byte[]{2, 3, 4, 5}, segment.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Test
    void shouldRefuseTheWrongType() {
        try (SafetensorsFile file = open(THREE, new byte[9])) {
            final String where = "file=" + file.path() + ", tensor=";
            final TensorInfo bool = file.find("a").orElseThrow();
            final TensorInfo float32 = file.find("b").orElseThrow();
            final TensorInfo int32 = file.find("c").orElseThrow();
            assertRefused("tensor must be F32, F16 or BF16 to be read as float: " + where + "'c', type=I32",
                    () -> file.floats(int32));
            assertRefused("tensor must be F64, F32, F16 or BF16 to be read as double: " + where + "'a', type=BOOL",
                    () -> file.doubles(bool));
            assertRefused("tensor must be I64 or I32 to be read as long: " + where + "'b', type=F32",
                    () -> file.longs(float32));
            assertRefused("tensor must be BOOL to be read as boolean: " + where + "'b', type=F32",
                    () -> file.booleans(float32));
        }
    }

    @Test
    void shouldNotNarrowDoublesAndLongs() {
        final String header = "{" + entry("d", "F64", "[1]", 0, 8) + "," + entry("l", "I64", "[1]", 8, 16) + "}";
        try (SafetensorsFile file = open(header, new byte[16])) {
            assertRefused("tensor must be F32, F16 or BF16 to be read as float: file=" + file.path()
                    + ", tensor='d', type=F64", () -> file.floats(file.find("d").orElseThrow()));
            assertRefused("tensor must be F32, F16 or BF16 to be read as float: file=" + file.path()
                    + ", tensor='l', type=I64", () -> file.floats(file.find("l").orElseThrow()));
        }
    }

    @Test
    void shouldRefuseBooleansOtherThanZeroAndOne() {
        final String header = "{" + entry("mask", "BOOL", "[3]", 0, 3) + "}";
        for (final int value : new int[]{2, 127, 128, 255}) {
            try (SafetensorsFile file = open(header, new byte[]{1, 0, (byte) value})) {
                assertRefused("BOOL values must be 0 or 1: file=" + file.path() + ", tensor='mask', element=2, value="
                        + value, () -> file.booleans(file.find("mask").orElseThrow()));
            }
        }
    }

    @Test
    void shouldRefuseTensorsOfAnotherFile() {
        try (SafetensorsFile file = open(THREE, new byte[9])) {
            final TensorInfo beyond = new TensorInfo("b", TensorType.F32, List.of(1000L), 0, 4000);
            final TensorInfo unknown = new TensorInfo("zz", TensorType.F32, List.of(1L), 0, 4);
            assertRefused("tensor must be one of this file's: file=" + file.path() + ", tensor='b'",
                    () -> file.floats(beyond));
            assertRefused("tensor must be one of this file's: file=" + file.path() + ", tensor='zz'",
                    () -> file.data(unknown));
        }
    }

    @Test
    void shouldRefuseMoreElementsThanAnArrayHolds() throws IOException {
        final long elements = Integer.MAX_VALUE - 7L;
        final byte[] start = FileBytes.of("{" + entry("huge", "BOOL", "[" + elements + "]", 0, elements) + "}", 0);
        final Path path = FileBytes.write(directory, start);
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(start.length + elements);
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            final TensorInfo huge = file.find("huge").orElseThrow();
            assertRefused("tensor must have at most 2147483639 elements to be read into an array: file=" + path
                    + ", tensor='huge', elements=2147483640", () -> file.booleans(huge));
            assertEquals(elements, file.data(huge).byteSize());
        }
    }

    @Test
    void shouldReadOnAnInterruptedThread() {
        try (SafetensorsFile file = open(THREE, new byte[9])) {
            Thread.currentThread().interrupt();
            assertEquals(1, file.floats(file.find("b").orElseThrow()).length);
            assertEquals(1, file.floats(file.find("b").orElseThrow()).length);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void shouldSayThatTheFileIsClosed() {
        final SafetensorsFile file = open(THREE, new byte[9]);
        final TensorInfo tensor = file.find("b").orElseThrow();
        final MemorySegment segment = file.data(tensor);
        file.close();
        file.close();
        for (final Executable use : List.<Executable>of(file::metadata, file::tensors, () -> file.find("b"),
                () -> file.floats(tensor), () -> file.doubles(tensor), () -> file.longs(tensor),
                () -> file.booleans(tensor), () -> file.data(tensor))) {
            assertEquals("file is closed: file=" + file.path(),
                    assertThrows(IllegalStateException.class, use).getMessage());
        }
        assertFalse(segment.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void shouldOnlyThrowThatItIsClosedWhenClosedUnderAReader() throws InterruptedException {
        final byte[] data = new byte[4 << 20];
        for (int round = 0; round < 20; round++) {
            final SafetensorsFile file = open("{" + entry("w", "F32", "[1048576]", 0, data.length) + "}", data);
            final TensorInfo tensor = file.find("w").orElseThrow();
            final List<Throwable> seen = new ArrayList<>();
            final Thread reader = new Thread(() -> readUntilItFails(file, tensor, seen));
            reader.start();
            Thread.sleep(round);
            file.close();
            reader.join();
            assertEquals("[java.lang.IllegalStateException: file is closed: file=" + file.path() + "]",
                    seen.toString());
        }
    }

    private static void readUntilItFails(final SafetensorsFile file, final TensorInfo tensor,
            final List<Throwable> seen) {
        try {
            while (file.floats(tensor).length > 0) {
                Thread.onSpinWait();
            }
        } catch (final RuntimeException e) {
            seen.add(e);
        }
    }

    private SafetensorsFile open(final String header, final byte[] data) {
        return SafetensorsFile.open(
                FileBytes.write(directory, FileBytes.of(header.getBytes(StandardCharsets.UTF_8), data)));
    }

    private static void assertRefused(final String message, final Executable use) {
        assertEquals(message, assertThrows(WeightFileException.class, use).getMessage());
    }
}
