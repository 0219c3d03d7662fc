package io.lanewise.importers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.lanewise.LanewiseException;
import io.lanewise.weights.SafetensorsFile;
import io.lanewise.weights.TensorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tensors come out of PyTorch's files as they went in; what a pickle asks for besides is not done, and named. */
@Timeout(60)
class TorchImporterTest {

    private static final Path FILES = Path.of("src/test/resources/pth");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"quirks-legacy, quirks", "quirks-zip, quirks", "checkpoint-dict-legacy, checkpoint-dict",
            "checkpoint-dict-zip, checkpoint-dict", "module-legacy-1.1, module", "module-legacy-1.13, module",
            "module-zip, module", "state-dict-dataparallel-legacy, module"})
    void shouldReadTensors(String file, String expected) {
        Path written = folder.resolve("written.safetensors");
        try (ImportedModel model = TorchImporter.read(FILES.resolve(file + ".pth"))) {
            model.writeTensors(written);
        }
        try (SafetensorsFile should = SafetensorsFile.open(FILES.resolve(expected + ".safetensors"));
                SafetensorsFile is = SafetensorsFile.open(written)) {
            assertEquals(names(should), names(is));
            for (TensorInfo tensor : should.tensors()) {
                TensorInfo found = is.find(tensor.name()).orElseThrow();
                assertEquals(tensor.describe(), found.describe(), tensor.name());
                assertArrayEquals(should.data(tensor).toArray(ValueLayout.JAVA_BYTE),
                        is.data(found).toArray(ValueLayout.JAVA_BYTE), tensor.name());
            }
        }
    }

    private static Object names(SafetensorsFile file) {
        return file.tensors().stream().map(TensorInfo::name).collect(Collectors.toSet());
    }

    @Test
    void shouldKeepTheSettingsOfAModule() {
        Path written = folder.resolve("written.safetensors");
        try (ImportedModel model = TorchImporter.read(FILES.resolve("module-legacy-1.1.pth"))) {
            model.writeTensors(written);
        }
        try (SafetensorsFile file = SafetensorsFile.open(written)) {
            assertEquals("Count", file.metadata().get("task"));
            assertEquals("1", file.metadata().get("tf_layers"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "hostile-system-legacy | refused: the file asks to call posix.system",
            "hostile-system-zip | refused: the file asks to call posix.system",
            "bad-magic | file must be one that PyTorch saved",
            "bad-size-beyond-storage | a tensor must lie within its storage",
            "bad-truncated-storage | a storage must be all there",
            "bad-count-differs | a storage must have as many elements as its tensors say"})
    void shouldRefuseBadFiles(String file, String expected) {
        assertRefused(expected, FILES.resolve(file + ".pth"));
    }

    private static void assertRefused(String expected, Path file) {
        String message = assertThrows(LanewiseException.class, () -> TorchImporter.read(file).close()).getMessage();
        assertTrue(message.startsWith(expected), message);
        assertEquals(1, message.lines().count());
    }

    // ---------------------------------------------------------------- pickles

    private void assertPickleRefused(String expected, String... instructions) throws IOException {
        assertRefused(expected, zipped("a/data.pkl", pickle(instructions)));
    }

    private Path zipped(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve("file.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes);
        }
        return file;
    }

    private static byte[] pickle(String... instructions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[]{(byte) 0x80, 2});
        for (String instruction : instructions) {
            bytes.writeBytes(instruction.getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldRefuseToCallAnything() throws IOException {
        assertPickleRefused("refused: the file asks to call builtins.eval", "cbuiltins\neval\n", ")", "R", ".");
        assertPickleRefused("refused: the file asks to call torch.load", "ctorch\nload\n", ")", "R", ".");
        assertPickleRefused("refused: the file asks to call os.\\u001b[2Jsystem", "cos\n\u001b[2Jsystem\n", "(", "t",
                "R",
                ".");
        assertPickleRefused("refused: the file asks to call builtins.getattr", "cbuiltins\ngetattr\n",
                "N", "X\6\0\0\0system", "\u0086", "R", ".");
    }

    @Test
    void shouldRefuseInstructionsThatTensorsDoNotNeed() throws IOException {
        assertPickleRefused("refused: the file has an instruction that tensors do not need: opcode=0x69", "(",
                "ios\nsystem\n", ".");
        assertPickleRefused("refused: the file has an instruction that tensors do not need: opcode=0x93", "N", "N",
                "\u0093", ".");
    }

    @Test
    void shouldRefusePicklesOfOtherProtocols() throws IOException {
        for (byte[] start : new byte[][]{{'}', '.'}, {(byte) 0x80, 4, '}', '.'}, {(byte) 0x80, 0, '}', '.'}}) {
            assertRefused("a pickle must say its protocol, 2 or 3: protocol=" + (start.length > 2 ? start[1] : 0),
                    zipped("a/data.pkl", start));
        }
    }

    /** The pickles around the object's are numbers, texts, dicts and lists: not even a name may be in them. */
    @Test
    void shouldRefuseNamesInPicklesThatDescribeTheFile() throws IOException {
        byte[] good = Files.readAllBytes(FILES.resolve("quirks-legacy.pth"));
        byte[] magic = Arrays.copyOf(good, 15);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(magic);
        bytes.writeBytes(pickle("M\u00e9\3", "."));
        bytes.writeBytes(pickle("cposix\nsystem\n", "."));
        assertRefused("refused: the file asks to call posix.system",
                Files.write(folder.resolve("file.pth"), bytes.toByteArray()));
    }

    @Test
    void shouldRefuseMoreValuesThanModulesHave() throws IOException {
        assertPickleRefused("a pickle must have at most 4000000 values", ")".repeat(4_000_001), ".");
    }

    @Test
    void shouldRefuseStoragesThatNobodyAsksFor() throws IOException {
        Path file = folder.resolve("file.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(pickle("}", "."));
            zip.putNextEntry(new ZipEntry("a/data/7"));
        }
        assertRefused("a storage must be asked for: entry='a/data/7'", file);
    }

    @Test
    void shouldRefuseBrokenPickles() throws IOException {
        assertPickleRefused("a pickle must not end before its last instruction", "N");
        assertPickleRefused("a pickle's texts must not reach beyond its end", "X\u00ff\u00ff\u00ff\u007fabc");
        assertPickleRefused("a pickle must have a value with the number 4294967295", "j\u00ff\u00ff\u00ff\u00ff", ".");
        assertPickleRefused("a pickle must have a value on the stack", ".");
        assertPickleRefused("a pickle must have a mark on the stack", "t", ".");
        assertPickleRefused("a file must hold tensors by name: found none", "}", ".");
        assertPickleRefused("an id in a pickle must be that of a storage", "N", "\u0085", "Q", ".");
    }

    @Test
    void shouldNotWalkThroughWhatIsDeepOrCircular() throws IOException {
        assertPickleRefused("a file must hold tensors by name: found none", "]".repeat(200_000) + "a".repeat(199_999),
                ".");
        assertPickleRefused("a file must hold tensors by name: found none", "]", "q\0", "h\0", "a", ".");
        String tuples = ")" + "q\0" + "h\0\u0086".repeat(1000);
        assertPickleRefused("a file must hold tensors by name: found none", "}", tuples, "N", "s", ".");
    }

    /** Each module holds the one before it twice. */
    @Test
    void shouldRefuseModulesOfEndlessNames() throws IOException {
        StringBuilder modules = new StringBuilder("cm\nM\n)\u0081q\0");
        for (int i = 1; i < 60; i++) {
            String before = "h" + (char) (i - 1);
            modules.append("cm\nM\n)\u0081q").append((char) i).append("}X\10\0\0\0_modules}(X\1\0\0\0a").append(before)
                    .append("X\1\0\0\0b").append(before).append("usb");
        }
        assertPickleRefused("tensors must be at most 1000000", modules.toString(), ".");
    }

    @Test
    void shouldRefuseOtherArchives() throws IOException {
        assertRefused("an archive must have one folder with a data.pkl: found 0", zipped("../a/data.pkl", new byte[1]));
        assertRefused("file must be a whole zip archive",
                Files.write(folder.resolve("cut.pt"), new byte[]{'P', 'K', 3, 4, 0}));
        assertRefused("an archive's entry must not be larger than 67108864 bytes",
                zipped("a/data.pkl", new byte[(64 << 20) + 1]));
    }
}
