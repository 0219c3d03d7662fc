package io.lanewise.tokenizers;

import java.nio.file.Path;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.LanewiseException;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Hands over files that are nearly right, and any bytes: they are read or refused; what is read takes texts or refuses them. */
class TokenizerFileFuzz {

    private static final FuzzedFile FILE = new FuzzedFile(".json");
    private static final String TEXT = "Ab é[UNK] 12\u0301\u0000 \u200B▁ä<mask>\u3000한😀. the the\n";

    @Timeout(FuzzedFile.HANG_SECONDS)
    @DictionaryEntries({"\"version\":\"1.0\"", "\"model\":{\"type\":\"BPE\",\"vocab\":{", "\"merges\":[", "\"a b\"",
            "\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",-1]]", "\"unk_id\":0",
            "\"normalizer\":{\"type\":\"Sequence\"",
            "\"added_tokens\":[", "\\ud800", "1e999"})
    @FuzzTest
    void shouldReadOrRefuseFilesAndTexts(FuzzedDataProvider data) {
        boolean nearlyRight = data.consumeBoolean();
        MutatedTokenizer mutated = nearlyRight ? new MutatedTokenizer(data) : null;
        String text = TEXT + data.consumeString(40);
        byte[] bytes = nearlyRight ? mutated.bytes() : data.consumeRemainingAsBytes();
        Path path = FILE.write(bytes);
        FuzzedFile.requireCheap(mostBytes(bytes.length), () -> {
            Tokenizer tokenizer = load(path);
            assertTrue(tokenizer != null || !nearlyRight || !mutated.isGood(), "a file that is right must be read");
            if (tokenizer != null) {
                encode(tokenizer, text);
            }
        });
    }

    /** What a file and a short text may allocate: an array by id, since ids may have gaps, and a multiple of the file. */
    private static long mostBytes(long fileBytes) {
        return (64 << 20) + 512 * fileBytes;
    }

    private static Tokenizer load(Path path) {
        try {
            return Tokenizer.load(path);
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            return null;
        }
    }

    private static void encode(Tokenizer tokenizer, String text) {
        try {
            tokenizer.decode(tokenizer.encode(text).ids());
            tokenizer.encode(text, text, EncodingOptions.defaults().truncation(Truncation.windows(8, 1)));
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }
}
