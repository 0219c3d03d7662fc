package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What components and options do together that few files combine; found with random files, and as the reference has it. */
class CombinationsTest {

    private static final String WORDS = "\"model\": {\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"a\": 1}}";
    private static final String ADDED = """
            {"id": 0, "content": "%s", "single_word": false, "lstrip": %b, "rstrip": %b, "normalized": false, "special": %b}""";

    @TempDir
    private Path folder;

    private Tokenizer load(String members) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, "{\"version\": \"1.0\", " + members + "}");
        return Tokenizer.load(file);
    }

    @Test
    void shouldDropAnAddedTokenOfWhichTheOneBeforeHasTakenAll() throws IOException {
        Tokenizer tokenizer = load("\"added_tokens\": [" + ADDED.formatted(" ", true, true, false) + "], " + WORDS);
        Encoding encoding = tokenizer.encode("a  a");
        assertArrayEquals(new int[]{1, 2, 1}, encoding.ids());
        assertEquals(new Span(1, 3), encoding.span(1));
    }

    @Test
    void shouldTakeATokenForSpecialThatTheFileCallsSoOnce() throws IOException {
        Tokenizer tokenizer = load("\"added_tokens\": [" + ADDED.formatted("b", false, false, true) + ", "
                + ADDED.formatted("b", false, true, false) + "], " + WORDS);
        assertEquals("a", tokenizer.decode(tokenizer.ids("ab")));
        assertEquals("a b", tokenizer.decode(tokenizer.ids("ab"), false));
        assertArrayEquals(new int[]{0}, tokenizer.ids("ab", EncodingOptions.defaults().specialTokensAsText(true)));
    }

    @Test
    void shouldFallBackToTheBytesOfASuffixToo() throws IOException {
        Tokenizer tokenizer = load(
                """
                        "model": {"type": "BPE", "unk_token": "?", "end_of_word_suffix": "</w>", "byte_fallback": true, "merges": [],
                         "vocab": {"?": 0, "a": 1, "<0x62>": 2, "<0x3C>": 3, "<0x2F>": 4, "<0x77>": 5, "<0x3E>": 6}}""");
        assertArrayEquals(new int[]{1, 2, 3, 4, 5, 6}, tokenizer.ids("ab"));
        assertArrayEquals(new int[]{2, 2, 3, 4, 5, 6}, tokenizer.ids("bb"));
        assertArrayEquals(new int[]{2, 0}, tokenizer.ids("ba"));
    }

    /** The text of an unknown token is what it covers, of known ones their piece. */
    @Test
    void shouldTrimTheWhiteSpaceOfUnknownText() throws IOException {
        Tokenizer tokenizer = load("""
                "post_processor": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true},
                "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["a", -1]]}""");
        Encoding encoding = tokenizer.encode("a b  a");
        assertArrayEquals(new int[]{1, 0, 1}, encoding.ids());
        assertEquals(new Span(2, 3), encoding.span(1));
    }

    @Test
    void shouldLeaveAShortTextAloneThatCouldNotBeCut() throws IOException {
        Tokenizer tokenizer = load("\"pre_tokenizer\": {\"type\": \"WhitespaceSplit\"}, " + WORDS);
        EncodingOptions options = EncodingOptions.defaults()
                .truncation(Truncation.to(2).strategy(Truncation.Strategy.ONLY_SECOND));
        assertArrayEquals(new int[]{1, 1}, tokenizer.ids("a a", options));
        assertEquals("a single text must not be cut by the strategy for a second: strategy=ONLY_SECOND",
                assertThrows(LanewiseException.class, () -> tokenizer.ids("a a a", options)).getMessage());
    }

    @Test
    void shouldRefuseWindowsOfTwoTextsThatMultiply() throws IOException {
        Tokenizer tokenizer = load("\"pre_tokenizer\": {\"type\": \"WhitespaceSplit\"}, " + WORDS);
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.windows(4, 0));
        String text = "a ".repeat(256);
        assertEquals(16_383, tokenizer.encode(text, text, options).overflow().size());
        assertEquals("texts that are both cut must not have too many windows with each other: "
                + "first=129, second=128, allowed=16384",
                assertThrows(LanewiseException.class, () -> tokenizer.encode(text + "a", text, options)).getMessage());
        Encoding linear = tokenizer.encode("a ".repeat(200_000), "a",
                options.truncation(Truncation.windows(3, 0).strategy(Truncation.Strategy.ONLY_FIRST)));
        assertEquals(99_999, linear.overflow().size());
    }

    /** Which of two long texts is longer decides who gets the odd token. */
    @Test
    void shouldShareRoomBetweenTwoLongTexts() throws IOException {
        Tokenizer tokenizer = load("\"pre_tokenizer\": {\"type\": \"WhitespaceSplit\"}, " + WORDS);
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(5));
        for (int[] words : new int[][]{{1000, 2000}, {2000, 1000}, {1000, 1000}, {3, 2000}, {2000, 3}, {2, 2000},
                {1, 9},
                {0, 3000}}) {
            Encoding cut = tokenizer.encode("a ".repeat(words[0]), "a ".repeat(words[1]), options);
            Encoding windows = tokenizer.encode("a ".repeat(Math.min(words[0], 200) + (words[0] > words[1] ? 1 : 0)),
                    "a ".repeat(Math.min(words[1], 200)), options.truncation(Truncation.windows(5, 0)));
            assertArrayEquals(windows.types(), cut.types());
        }
    }

    /** Within a sequence nobody may be asked about a character that is not known. */
    @Test
    void shouldEncodeLongTextsWithSequencesInSequences() throws IOException {
        String bytes = "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": false}";
        String inner = "{\"type\": \"Sequence\", \"pretokenizers\": [" + bytes
                + ", {\"type\": \"Digits\", \"individual_digits\": false}]}";
        Tokenizer tokenizer = load("\"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [" + inner
                + ", {\"type\": \"Whitespace\"}]}, " + WORDS);
        assertTrue(tokenizer.ids("中".repeat(20_000)).length > 0);
    }
}
