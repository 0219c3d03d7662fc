package io.lanewise.weights;

import java.nio.file.Path;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

import static io.lanewise.weights.FileBytes.entry;

/** Hands the reader any bytes as a file: it reads all of it or refuses it. */
class ReaderFuzz {

    private static final FuzzedFile FILE = new FuzzedFile(".safetensors");

    static Stream<byte[]> files() {
        return Stream.of(
                FileBytes.of("{}", 0),
                FileBytes.of("{\"__metadata__\":{\"k\":\"v\"}," + entry("w", "F32", "[2,3]", 0, 24) + "}  ", 24),
                FileBytes.of("{" + entry("a", "I64", "[1]", 0, 8) + "," + entry("b", "F64", "[]", 8, 16) + ","
                        + entry("c", "I32", "[2,1]", 16, 24) + "," + entry("d", "BF16", "[1,2]", 24, 28) + ","
                        + entry("e", "F16", "[0]", 28, 28) + "," + entry("f", "BOOL", "[3]", 28, 31) + "}", 31));
    }

    @MethodSource("files")
    @Timeout(FuzzedFile.HANG_SECONDS)
    @DictionaryEntries({"\"__metadata__\":{", "\"dtype\":\"", "\"shape\":[", "\"data_offsets\":[", "F64", "I32", "BF16",
            "F16", "BOOL", "U8", "\\u0061", "18446744073709551616"})
    @FuzzTest
    void shouldReadOrRefuseAnyBytes(byte[] bytes) {
        Path path = FILE.write(bytes);
        FuzzedFile.requireCheap(FuzzedFile.mostBytes(bytes.length), () -> ReadAll.orRefuse(path));
    }
}
