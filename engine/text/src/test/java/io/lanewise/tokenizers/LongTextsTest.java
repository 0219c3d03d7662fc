package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Of a text that is cut, what lies far beyond the cut is not read: a word there that would be refused is not noticed. */
class LongTextsTest {

    /** None has a token for unknown words, so that one throws where it is read. */
    private static final Map<String, String> MODELS = Map.of(
            "WordPiece", """
                    {"type": "WordPiece", "unk_token": "?", "continuing_subword_prefix": "##",
                     "max_input_chars_per_word": 100, "vocab": {"word": 0, "##s": 1}}""",
            "BPE",
            """
                    {"type": "BPE", "unk_token": "?", "vocab": {"w": 0, "o": 1, "r": 2, "d": 3, "s": 4}, "merges": []}""",
            "Unigram", """
                    {"type": "Unigram",
                     "vocab": [["word", -1], ["w", -2], ["o", -2], ["r", -2], ["d", -2], ["s", -2]]}""",
            "WordLevel", """
                    {"type": "WordLevel", "unk_token": "?", "vocab": {"word": 0, "words": 1}}""");

    private static final String WORDS = "word words ";

    @TempDir
    private Path folder;

    static Stream<String> models() {
        return MODELS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldNotReadWhatLiesFarBeyondTheCut(String model) throws IOException {
        Tokenizer tokenizer = tokenizer(model);
        for (int most : new int[]{0, 1, 16, 128, 512}) {
            EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(most));
            String read = WORDS.repeat(200 + 2 * most); // some four times as much as is needed
            int[] expected = tokenizer.ids(read, options);
            assertEquals(most, expected.length);
            assertArrayEquals(expected, tokenizer.ids(read + "unknown", options));
            assertArrayEquals(expected, tokenizer.encode(read + "unknown", options).ids());
        }
    }

    /** Also of texts without spaces or letters, and of a document behind a question. */
    @ParameterizedTest
    @ValueSource(strings = {"word ", "中文", "...", "2.", "   word", "word, 中 "})
    void shouldNotReadWhatLiesFarBeyondTheCutOfTextsOfOtherKinds(String part) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file,
                """
                        {"version": "1.0", "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                         "lowercase": true}, "pre_tokenizer": {"type": "BertPreTokenizer"}, "model": {"type": "WordPiece",
                         "unk_token": "?", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                         "vocab": {"word": 0, "中": 1, "文": 2, ".": 3, "2": 4, ",": 5}}}""");
        Tokenizer tokenizer = Tokenizer.load(file);
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(512));
        String near = part.repeat(8_000 / part.length());
        String far = near + "unknown";
        assertThrows(LanewiseException.class, () -> tokenizer.ids(far));
        assertArrayEquals(Arrays.copyOf(tokenizer.ids(near), 512), tokenizer.ids(far, options));
        assertArrayEquals(tokenizer.encode("word", near, options).ids(), tokenizer.encode("word", far, options).ids());
        assertArrayEquals(tokenizer.encode(near, far, options).ids(), tokenizer.encode(far, near, options).ids());
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldReadAllOfATextThatIsCutAtItsBeginningOrWhoseWindowsAreKept(String model) throws IOException {
        Tokenizer tokenizer = tokenizer(model);
        String text = WORDS.repeat(1_000) + "unknown";
        for (Truncation truncation : new Truncation[]{Truncation.to(16).direction(Direction.LEFT),
                Truncation.windows(16, 0)}) {
            EncodingOptions options = EncodingOptions.defaults().truncation(truncation);
            assertThrows(LanewiseException.class, () -> tokenizer.ids(text, options));
            assertThrows(LanewiseException.class, () -> tokenizer.encode(text, options));
        }
        assertThrows(LanewiseException.class, () -> tokenizer.ids(text));
    }

    private Tokenizer tokenizer(String model) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, """
                {"version": "1.0", "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "model": %s}""".formatted(MODELS.get(model)));
        return Tokenizer.load(file);
    }
}
