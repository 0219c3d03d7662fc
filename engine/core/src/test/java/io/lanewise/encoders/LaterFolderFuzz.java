package io.lanewise.encoders;

import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Timeout;

/** As {@link EncoderFolderFuzz}, whose kept cases choose among the folders that it has: those that came later. */
class LaterFolderFuzz {

    private static final List<String> CASES = List.of("gemma3_text/odd", "gemma3_text/lanes", "gemma3_text/odd-causal",
            "nomic_bert/odd-transformers", "nomic_bert/lanes-transformers-mlm", "nomic_bert/odd-mlm",
            "electra/lanes-mlm", "albert/odd-mlm", "deberta-v2/odd-mlm", "deberta-v2/odd-mlm-lm", "new/odd-mlm");

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldLoadAndRunOrRefuseAFolder(FuzzedDataProvider data) {
        EncoderFolderFuzz.tryOne(data, EncoderCase.of(data.pickValue(CASES)).folder());
    }
}
