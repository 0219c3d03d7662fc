package io.lanewise.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.lanewise.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lanewise.weights.FileBytes.entry;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Breaks each rule of the format once; "$" in an expected message stands for the file. */
class HostileFileTest {
    private static final String GOOD = "{" + entry("w", "F32", "[2,3]", 0, 24) + "}";

    @TempDir
    Path directory;

    @Test
    void shouldRefuseAMissingFile() {
        final Path missing = directory.resolve("missing");
        assertEquals("file must exist: file=" + missing, refusal(missing));
    }

    @Test
    void shouldNameTheFileAsItWasGiven() {
        assertEquals("file must exist: file=no/../such/file", refusal(Path.of("no/../such/file")));
    }

    @Test
    void shouldRefuseADirectory() {
        assertEquals("file must not be a directory: file=" + directory, refusal(directory));
    }

    @Test
    void shouldRefuseADevice() {
        final Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device));
        assertEquals("file must be a regular file: file=/dev/zero", refusal(device));
    }

    /** What an archive says of an entry's length is not believed before it is read. */
    @Test
    void shouldTakeNoMemoryForWhatAnEntryOfAnArchiveClaims() throws IOException {
        final Path archive = directory.resolve("weights.zip");
        Files.write(archive, claiming(1L << 40, zipped("weights.safetensors", FileBytes.of(GOOD, 24))));
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            assertEquals("file could not be read: file=/weights.safetensors, reason=it is shorter than its file system "
                    + "says", refusal(zip.getPath("/weights.safetensors")));
        }
    }

    /** An extra field of no meaning is room for the one that has lengths of 8 bytes. */
    private static byte[] zipped(final String name, final byte[] content) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            final ZipEntry entry = new ZipEntry(name);
            entry.setExtra(new byte[]{0x77, 0x77, Long.BYTES, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            zip.putNextEntry(entry);
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /** Changes an archive's only entry in the central directory. */
    private static byte[] claiming(final long size, final byte[] archive) {
        final ByteBuffer zip = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        final int entry = new String(archive, ISO_8859_1).indexOf("PK\1\2");
        final int extra = entry + 46 + zip.getShort(entry + 28); // behind what is fixed, and the name
        zip.putInt(entry + 24, -1).putShort(extra, (short) 1).putLong(extra + 4, size);
        return archive;
    }

    @Test
    void shouldRefuseAnUnreadableFile() throws IOException {
        final Path file = FileBytes.write(directory, FileBytes.of(GOOD, 24));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root reads everything");
        assertEquals("file must be readable: file=" + file, refusal(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void shouldRefuseAFileWithoutRoomForTheLength(final int bytes) {
        assertRefused("file must be at least 8 bytes: file=$, file bytes=" + bytes, new byte[bytes]);
    }

    @Test
    void shouldRefuseAHeaderBeyondTheLimit() {
        assertRefused("header must not exceed 100000000 bytes: file=$, header bytes=100000001",
                FileBytes.withLength(100_000_001, new byte[0], new byte[0]));
        assertRefused("header must not exceed 100000000 bytes: file=$, header bytes=18446744073709551615",
                FileBytes.withLength(-1, new byte[0], new byte[0]));
        assertRefused("header must not exceed 100000000 bytes: file=$, header bytes=9223372036854775808",
                FileBytes.withLength(Long.MIN_VALUE, new byte[0], new byte[0]));
    }

    /** The file is written piece by piece: the reader's copy of its header is all that a small heap has room for. */
    @Test
    void shouldReadAHeaderAtTheLimit() throws IOException {
        final Path path = FileBytes.write(directory,
                FileBytes.withLength(100_000_000, GOOD.getBytes(UTF_8), new byte[0]));
        final byte[] spaces = new byte[1_000_000];
        Arrays.fill(spaces, (byte) ' ');
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
            for (int left = 100_000_000 - GOOD.length(); left > 0; left -= spaces.length) {
                out.write(spaces, 0, Math.min(left, spaces.length));
            }
            out.write(new byte[24]);
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(100_000_008, file.find("w").orElseThrow().offset());
        }
    }

    @Test
    void shouldRefuseAHeaderThatEndsBeyondTheFile() {
        assertRefused("header must end within the file: file=$, header bytes=100000000, file bytes=10",
                FileBytes.withLength(100_000_000, "{}".getBytes(UTF_8), new byte[0]));
        assertRefused("header must end within the file: file=$, header bytes=3, file bytes=10",
                FileBytes.withLength(3, "{}".getBytes(UTF_8), new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " {}", "[]", "null", "\ufeff{}"})
    void shouldRefuseAHeaderThatDoesNotStartWithABrace(final String header) {
        assertRefused("header must start with {: file=$", FileBytes.of(header, 0));
    }

    @Test
    void shouldRefuseAnythingButSpacesAfterTheObject() {
        assertRefused("header must be one JSON object and nothing but spaces after it: file=$, byte=2",
                FileBytes.of("{}\n  ", 0));
        assertRefused("header must be one JSON object and nothing but spaces after it: file=$, byte=3",
                FileBytes.of("{} \0", 0));
        assertRefused("header must be one JSON object and nothing but spaces after it: file=$",
                FileBytes.of("{} {}", 0));
        assertRefused("header must be one JSON object and nothing but spaces after it: file=$",
                FileBytes.of("{}}", 0));
    }

    @Test
    void shouldRefuseMalformedUtf8() {
        final String[] malformed = {"\u00c0\u00af", "\u00e0\u0080\u00af", "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u0080", "\u00ff", "\u00c3", "\u00f8\u0088\u0080\u0080\u0080"};
        for (final String bytes : malformed) {
            final String header = "{\"__metadata__\":{\"k\":\"" + bytes + "\"}}";
            assertRefused("header must be valid UTF-8: file=$", FileBytes.of(header.getBytes(ISO_8859_1), new byte[0]));
        }
    }

    @Test
    void shouldNotGuessAnotherEncoding() {
        // Valid UTF-8 too, with NUL characters; the last byte of the UTF-16 brace is given to the data.
        final byte[] utf16 = "{ }".getBytes(UTF_16LE);
        assertRefusedAs("header must be valid JSON: file=$, reason=",
                FileBytes.withLength(utf16.length - 1, utf16, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\"}", "{,}", "{'a':1}", "{\"__metadata__\":{}", "{\"a\":{\"shape\":[01]}}",
            "{\"a\":{\"shape\":[1,]}}",
            "{/**/}", "{\"a\":{\"shape\":[+1]}}", "{\"a\":{\"shape\":[NaN]}}", "{\"a\tb\":{}}", "{\"a\\q\":{}}",
            "{\"a\":tru}"})
    void shouldRefuseInvalidJson(final String header) {
        assertRefusedAs("header must be valid JSON: file=$, reason=",
                FileBytes.of(header, 0));
    }

    @Test
    void shouldRefuseDeepNestingWithoutDescending() {
        final String deep = "[".repeat(100_000);
        assertRefused("tensor entry must be an object: file=$, tensor='a'", FileBytes.of("{\"a\":" + deep + "}", 0));
        assertRefused("shape must be an array of non-negative integers: file=$, tensor='a'",
                FileBytes.of("{\"a\":{\"shape\":" + deep + "}}}", 0));
        assertRefused("__metadata__ must be an object of strings: file=$, key='a'",
                FileBytes.of("{\"__metadata__\":{\"a\":" + "{\"a\":".repeat(100_000) + "}}", 0));
        assertRefused("tensor entry must have dtype, shape and data_offsets and nothing else: file=$, tensor='a', "
                + "field='x'", FileBytes.of("{\"a\":{\"x\":" + deep + "}}", 0));
    }

    @Test
    void shouldRefuseDuplicateNames() {
        final String tensor = entry("a", "F32", "[0]", 0, 0);
        assertDuplicate("a", "{" + tensor + "," + tensor + "}");
        assertDuplicate("a", "{" + tensor + "," + tensor.replace("\"a\"", "\"\\u0061\"") + "}");
        assertDuplicate("k", "{\"__metadata__\":{\"k\":\"1\",\"k\":\"1\"}}");
        assertDuplicate("__metadata__", "{\"__metadata__\":{},\"__metadata__\":{}}");
        assertDuplicate("dtype", "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}");
    }

    /** All names have one hash code: what looks them up must not compare each with each. */
    @Test
    @Timeout(20)
    void shouldReadNamesThatCollide() {
        final List<String> entries = new ArrayList<>();
        for (int bits = 0; bits < 1 << 15; bits++) {
            final StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 15; bit++) {
                name.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
            }
            entries.add(entry(name.toString(), "F32", "[0]", 0, 0));
        }
        try (SafetensorsFile file = SafetensorsFile.open(
                FileBytes.write(directory, FileBytes.of("{" + String.join(",", entries) + "}", 0)))) {
            assertEquals(1 << 15, file.tensors().size());
        }
    }

    @Test
    void shouldRefuseMetadataThatIsNotStrings() {
        assertRefused("__metadata__ must be an object of strings: file=$", FileBytes.of("{\"__metadata__\":null}", 0));
        assertRefused("__metadata__ must be an object of strings: file=$", FileBytes.of("{\"__metadata__\":[]}", 0));
        assertRefused("__metadata__ must be an object of strings: file=$, key='k'",
                FileBytes.of("{\"__metadata__\":{\"k\":1}}", 0));
        assertRefused("__metadata__ must be an object of strings: file=$, key='k'",
                FileBytes.of("{\"__metadata__\":{\"k\":null}}", 0));
    }

    @Test
    void shouldRefuseHalfASurrogatePair() {
        assertRefused("names and metadata must be valid Unicode: file=$, text='\\ud800'",
                FileBytes.of("{\"\\ud800\":{}}", 0));
        assertRefused("names and metadata must be valid Unicode: file=$, text='\\udc00x'",
                FileBytes.of("{\"__metadata__\":{\"k\":\"\\udc00x\"}}", 0));
        assertRefused("names and metadata must be valid Unicode: file=$, text='\\udfff'",
                FileBytes.of("{\"__metadata__\":{\"\\udfff\":\"\"}}", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "\"F32\"", "[]", "true"})
    void shouldRefuseAnEntryThatIsNotAnObject(final String value) {
        assertRefused("tensor entry must be an object: file=$, tensor='a'", FileBytes.of("{\"a\":" + value + "}", 0));
    }

    @Test
    void shouldRefuseAMissingField() {
        final String rule = "tensor entry must have dtype, shape and data_offsets: file=$, tensor='a', missing=";
        assertRefused(rule + "dtype", FileBytes.of("{\"a\":{\"shape\":[0],\"data_offsets\":[0,0]}}", 0));
        assertRefused(rule + "shape", FileBytes.of("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0]}}", 0));
        assertRefused(rule + "data_offsets", FileBytes.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[0]}}", 0));
    }

    @Test
    void shouldRefuseAFieldTooMany() {
        assertRefused("tensor entry must have dtype, shape and data_offsets and nothing else: file=$, tensor='w', "
                + "field='extra'", FileBytes.of(GOOD.replace("}}", ",\"extra\":0}}"), 24));
    }

    @ParameterizedTest
    @CsvSource({"U8, 3", "I8, 3", "I16, 6", "U16, 6", "U32, 12", "U64, 24", "F8_E4M3, 3", "F8_E5M2, 3", "F8_E8M0, 3",
            "C64, 24"})
    void shouldReadWhatStandsBesideATypeThatNobodyNeeds(final String type, final int bytes) {
        final String header = "{\"a\":{\"dtype\":\"%s\",\"shape\":[3],\"data_offsets\":[0,%d]},\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}"
                .formatted(type, bytes, bytes, bytes + 4);
        try (SafetensorsFile file = SafetensorsFile.open(FileBytes.write(directory, FileBytes.of(header, bytes + 4)))) {
            final TensorInfo odd = file.find("a").orElseThrow();
            assertEquals(type, odd.type().toString());
            assertThrows(WeightFileException.class, () -> file.floats(odd));
            assertEquals(1, file.floats(file.find("w").orElseThrow()).length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f32", "F33", "FLOAT"})
    void shouldRefuseATypeThatNobodyKnows(final String type) {
        assertRefused("type not known: file=$, tensor='w', type='" + type + "'",
                FileBytes.of(GOOD.replace("F32", type), 24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"32", "null", "[\"F32\"]", "{}"})
    void shouldRefuseATypeThatIsNotAString(final String type) {
        assertRefused("dtype must be a string: file=$, tensor='w'", FileBytes.of(GOOD.replace("\"F32\"", type), 24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "null", "\"[2,3]\"", "{}", "[2,\"3\"]", "[2.0,3]", "[2e0,3]", "[-2,-3]", "[-0]",
            "[null]",
            "[[2,3]]", "[true]"})
    void shouldRefuseAShapeThatIsNotNonNegativeIntegers(final String shape) {
        assertRefused("shape must be an array of non-negative integers: file=$, tensor='w'",
                FileBytes.of(GOOD.replace("[2,3]", shape), 24));
    }

    @Test
    void shouldRefuseAShapeOfTooManyDimensions() {
        final String ones = "[" + "1,".repeat(64) + "1]";
        assertRefused("shape must have at most 64 numbers: file=$, tensor='w'",
                FileBytes.of(GOOD.replace("[2,3]", ones), 24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "18446744073709551616", "99999999999999999999999999"})
    void shouldRefuseNumbersBeyond63Bits(final String number) {
        assertRefused("shape must not overflow 63 bits: file=$, tensor='w', number=" + number,
                FileBytes.of(GOOD.replace("[2,3]", "[" + number + "]"), 24));
        assertRefused("data_offsets must not overflow 63 bits: file=$, tensor='w', number=" + number,
                FileBytes.of(GOOD.replace("24]", number + "]"), 24));
    }

    @Test
    void shouldRefuseAVeryLongNumber() {
        assertRefusedAs("shape must not overflow 63 bits: file=$, tensor='w', number=999",
                FileBytes.of(GOOD.replace("[2,3]", "[" + "9".repeat(1_000) + "]"), 24));
        assertRefusedAs("header must be valid JSON: file=$, reason=malformed at line 1 column ",
                FileBytes.of(GOOD.replace("[2,3]", "[" + "9".repeat(100_000) + "]"), 24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[9223372036854775807,2]", "[4294967296,4294967296]", "[4294967296,4294967296,0]",
            "[2305843009213693952]"})
    void shouldRefuseAShapeWhoseSizeOverflows(final String shape) {
        assertRefused("shape times type must not overflow 63 bits: file=$, tensor='w', type=F32, shape="
                + shape.replace(",", ", "), FileBytes.of(GOOD.replace("[2,3]", shape), 24));
    }

    @Test
    void shouldRefuseOffsetsThatAreNotAPair() {
        final String rule = "data_offsets must have 2 numbers: file=$, tensor='w', data_offsets=";
        assertRefused(rule + "[]", FileBytes.of(GOOD.replace("[0,24]", "[]"), 24));
        assertRefused(rule + "[0]", FileBytes.of(GOOD.replace("[0,24]", "[0]"), 24));
        assertRefused("data_offsets must have at most 2 numbers: file=$, tensor='w'",
                FileBytes.of(GOOD.replace("[0,24]", "[0,24,24]"), 24));
        assertRefused("data_offsets must be an array of non-negative integers: file=$, tensor='w'",
                FileBytes.of(GOOD.replace("[0,24]", "[-1,24]"), 24));
    }

    @Test
    void shouldRefuseAHole() {
        final String rule = "tensors must follow one another without hole or overlap: file=$, tensor=";
        assertRefused(rule + "'w', data_offsets=[4, 28], expected start=0",
                FileBytes.of(GOOD.replace("[0,24]", "[4,28]"), 28));
        assertRefused(rule + "'b', data_offsets=[8, 12], expected start=4", FileBytes.of(
                "{" + entry("b", "F32", "[1]", 8, 12) + "," + entry("a", "F32", "[1]", 0, 4) + "}", 12));
    }

    @Test
    void shouldRefuseAnOverlap() {
        assertRefused("tensors must follow one another without hole or overlap: file=$, tensor='b', "
                + "data_offsets=[0, 4], expected start=4",
                FileBytes.of("{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("b", "F32", "[1]", 0, 4) + "}", 4));
    }

    @Test
    void shouldRefuseAnEndBeforeItsStart() {
        assertRefused("tensors must follow one another without hole or overlap: file=$, tensor='b', "
                + "data_offsets=[4, 0], expected start=4",
                FileBytes.of("{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("b", "F32", "[1]", 4, 0) + "}", 4));
    }

    @Test
    void shouldRefuseATensorBeyondTheFile() {
        assertRefused("tensor must end within the file: file=$, tensor='w', data_offsets=[0, 24], data bytes=23",
                FileBytes.of(GOOD, 23));
        assertRefused("tensor must end within the file: file=$, tensor='w', data_offsets=[0, 9223372036854775807], "
                + "data bytes=24", FileBytes.of(GOOD.replace("24", "9223372036854775807"), 24));
    }

    @Test
    void shouldRefuseDataThatNoTensorCovers() {
        assertRefused("tensors must end where the file ends: file=$, tensor bytes=24, data bytes=25",
                FileBytes.of(GOOD, 25));
        assertRefused("tensors must end where the file ends: file=$, tensor bytes=0, data bytes=1",
                FileBytes.of("{}", 1));
    }

    @Test
    void shouldRefuseASizeThatIsNotShapeTimesType() {
        assertRefused("shape times type must equal the size of the data: file=$, tensor='w', type=F32, shape=[2, 4], "
                + "expected bytes=32, data_offsets=[0, 24]", FileBytes.of(GOOD.replace("[2,3]", "[2,4]"), 24));
        assertRefused("shape times type must equal the size of the data: file=$, tensor='w', type=F64, shape=[2, 3], "
                + "expected bytes=48, data_offsets=[0, 24]", FileBytes.of(GOOD.replace("F32", "F64"), 24));
    }

    @Test
    void shouldKeepTheMessageOnOneShortLine() {
        final String name = "\\n\\u001b[2J" + "x".repeat(10_000);
        final String message = refusal(
                FileBytes.write(directory, FileBytes.of("{\"" + name + "\":{\"" + name + "\":1}}", 0)));
        assertEquals("tensor entry must have dtype, shape and data_offsets and nothing else: file="
                + directory.resolve("weights.safetensors") + ", tensor='\\u000a\\u001b[2J" + "x".repeat(65)
                + "...', field='\\u000a\\u001b[2J" + "x".repeat(65) + "...'", message);
    }

    @Test
    void shouldCutWhatTheParserQuotes() {
        final String name = "x\\n".repeat(20_000);
        final String message = refusal(
                FileBytes.write(directory, FileBytes.of("{\"__metadata__\":{\"" + name + "\":\"\",\"" + name
                        + "\":\"\"}}", 0)));
        assertTrue(message.length() < 400 && message.lines().count() == 1, message);
    }

    @Test
    void shouldRefuseAnOverlongName() {
        assertRefusedAs("name must have at most 50000 characters: file=$, name='xxx",
                FileBytes.of("{\"" + "x".repeat(50_001) + "\":{}}", 0));
    }

    @Test
    void shouldAllocateNoMoreThanAFewTimesTheFile() {
        final StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 20_000; i++) {
            header.append(i == 0 ? "" : ",").append(entry(Integer.toString(i), "F32", "[0]", 0, 0));
        }
        final byte[] bytes = FileBytes.of(header.append("}").toString(), 0);
        final Path file = FileBytes.write(directory, bytes);
        final long allocated = allocatedBy(() -> SafetensorsFile.open(file).close());
        final long most = referencesAreShort() ? 30 : 40; // with references of eight bytes, as in ZGC, 30.4
        assertTrue(allocated < most * bytes.length,
                () -> "allocated=" + allocated + ", file bytes=" + bytes.length);
    }

    @Test
    void shouldNotAllocateOnAClaimAlone() {
        final Path file = FileBytes.write(directory,
                FileBytes.withLength(100_000_000, "{}".getBytes(UTF_8), new byte[0]));
        final long allocated = allocatedBy(() -> refusal(file));
        assertTrue(allocated < 1_000_000, () -> "allocated=" + allocated);
    }

    @Test
    void shouldSurviveRandomDamage() {
        final byte[] good = FileBytes.of("{\"__metadata__\":{\"k\":\"v\"}," + GOOD.substring(1), 24);
        final Random random = new Random(7);
        for (int i = 0; i < Tries.of(1_000, 10_000); i++) {
            final byte[] damaged = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            openOrRefuse(damaged);
        }
    }

    private void openOrRefuse(final byte[] bytes) {
        try (SafetensorsFile file = SafetensorsFile.open(FileBytes.write(directory, bytes))) {
            file.tensors().forEach(file::data);
        } catch (final WeightFileException e) {
            assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        }
    }

    private static boolean referencesAreShort() {
        return Boolean.parseBoolean(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("UseCompressedOops").getValue());
    }

    /** Returns the least of a few, since ZGC now and then counts a whole page of 32 MiB. */
    private static long allocatedBy(final Runnable work) {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return LongStream.range(0, 5).map(run -> {
            final long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            return threads.getCurrentThreadAllocatedBytes() - before;
        }).min().orElseThrow();
    }

    private void assertDuplicate(final String name, final String header) {
        final Path file = FileBytes.write(directory, FileBytes.of(header, 0));
        final String message = refusal(file);
        assertEquals("name must come once in its object: file=" + file + ", name='" + name + "'", message);
    }

    private void assertRefused(final String expected, final byte[] bytes) {
        final Path file = FileBytes.write(directory, bytes);
        assertEquals(expected.replace("$", file.toString()), refusal(file));
    }

    private void assertRefusedAs(final String start, final byte[] bytes) {
        final Path file = FileBytes.write(directory, bytes);
        final String message = refusal(file);
        assertTrue(message.startsWith(start.replace("$", file.toString())), message);
    }

    private static String refusal(final Path file) {
        final String message = assertThrows(WeightFileException.class, () -> SafetensorsFile.open(file)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
