package io.lanewise.importers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.LanewiseException;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Hands over pickles in an archive, and files of any bytes: tensors are read, or the file is refused in one line. */
class TorchFuzz {

    private static final FuzzedFile FILE = new FuzzedFile(".pt");
    private static final List<String> GOOD = List.of("quirks-legacy", "quirks-zip", "checkpoint-dict-legacy",
            "checkpoint-dict-zip", "module-legacy-1.1", "module-zip", "state-dict-dataparallel-legacy");

    @Timeout(FuzzedFile.HANG_SECONDS)
    @DictionaryEntries({"\\x80\\x02", "ccollections\\nOrderedDict\\n", "ctorch._utils\\n_rebuild_tensor_v2\\n",
            "ctorch\\nFloatStorage\\n", "X\\x07\\x00\\x00\\x00storage", "X\\x01\\x00\\x00\\x000",
            "K\\x02\\x85K\\x01\\x85",
            "tQ", "tR", ")R", "us.", "\\x81}b", "_modules", "_parameters", "state_dict"})
    @FuzzTest
    void shouldReadOrRefuse(FuzzedDataProvider data) throws IOException {
        byte[] bytes = switch (data.consumeInt(0, 2)) {
            case 0 -> data.consumeRemainingAsBytes();
            case 1 -> archive(data);
            default -> nearlyRight(data);
        };
        Path path = FILE.write(bytes);
        FuzzedFile.requireCheap((160 << 20) + 256L * bytes.length, () -> read(path));
    }

    /** Exchanges, repeats and cuts out bytes of a file that is right. */
    private static byte[] nearlyRight(FuzzedDataProvider data) throws IOException {
        byte[] good = resource(data.pickValue(GOOD));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        for (int edits = data.consumeInt(1, 4); edits > 0 && at < good.length; edits--) {
            int to = data.consumeInt(at, good.length);
            bytes.write(good, at, to - at);
            bytes.writeBytes(data.consumeBytes(data.consumeInt(0, 12)));
            at = Math.max(0, to + data.consumeInt(-64, 64));
        }
        bytes.write(good, Math.min(at, good.length), Math.max(0, good.length - at));
        return bytes.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = TorchFuzz.class.getResourceAsStream("/pth/" + name + ".pth")) {
            return in.readAllBytes();
        }
    }

    private static void read(Path path) {
        try (ImportedModel model = TorchImporter.read(path)) {
            model.tensors().values().forEach(tensor -> assertEquals(
                    tensor.shape().stream().reduce((long) tensor.type().bytes(), (a, b) -> a * b),
                    tensor.bytes().get().byteSize()));
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }

    private static byte[] archive(FuzzedDataProvider data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "a/data/0", new byte[data.consumeInt(0, 64)]);
            put(zip, "a/data.pkl", data.consumeRemainingAsBytes());
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
    }
}
