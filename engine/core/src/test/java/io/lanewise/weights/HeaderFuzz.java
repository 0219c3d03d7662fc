package io.lanewise.weights;

import java.nio.file.Path;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Hands the reader files that are nearly right: it reads them or refuses them, and refuses none that is right. */
class HeaderFuzz {

    private static final FuzzedFile FILE = new FuzzedFile(".safetensors");

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldReadOrRefuseNearlyRightFiles(FuzzedDataProvider data) {
        MutatedFile mutated = new MutatedFile(data, "a", "b", "c", "w.weight", "\\u0061\\n", "\u00e9", "");
        Path path = FILE.write(mutated.bytes());
        FuzzedFile.requireCheap(FuzzedFile.mostBytes(mutated.bytes().length), () -> {
            boolean read = ReadAll.orRefuse(path);
            assertTrue(read || !mutated.isGood(), "a file that is right must be read");
        });
    }
}
