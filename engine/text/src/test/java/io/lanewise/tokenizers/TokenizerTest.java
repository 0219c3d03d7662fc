package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What public bug reports of other engines ask for, and what a caller may hand over. */
class TokenizerTest {

    private static final Tokenizer MINILM = Tokenizer.load(RealTokenizers.minilm());

    @TempDir
    private Path folder;

    // ---------------------------------------------------------------- words

    @Test
    void shouldTakeAWordThatIsPartlyKnownAsUnknown() throws IOException {
        Tokenizer tiny = wordPiece("\"[UNK]\": 0, \"elastic\": 1, \"##search\": 2");
        assertArrayEquals(new int[]{0}, tiny.ids("elasticsearchffff"));
        assertArrayEquals(new int[]{1, 2}, tiny.ids("elasticsearch"));
        assertArrayEquals(new int[]{101, 100, 102}, MINILM.ids("hello😀world"));
    }

    @Test
    void shouldCutWordsOfAHundredCharactersAndNoLongerOnes() {
        int[] hundred = MINILM.ids("Hello".repeat(20));
        assertEquals(32, hundred.length);
        assertArrayEquals(new int[]{101, 7592, 18223, 11631, 15350}, Arrays.copyOf(hundred, 5));
        assertArrayEquals(new int[]{18223, 2080, 102}, Arrays.copyOfRange(hundred, 29, 32));
        assertArrayEquals(new int[]{101, 100, 102}, MINILM.ids("Hello".repeat(21)));
    }

    @Test
    void shouldCountCodePointsOfLongWords() throws IOException {
        Tokenizer tiny = wordPiece("\"[UNK]\": 0, \"𝒳\": 1, \"##𝒳\": 2");
        assertEquals(100, tiny.ids("𝒳".repeat(100)).length);
        assertArrayEquals(new int[]{0}, tiny.ids("𝒳".repeat(101)));
    }

    @Test
    @Timeout(10)
    void shouldCutWindowsWithinAWord() throws IOException {
        Tokenizer tiny = wordPiece("\"[UNK]\": 0, \"super\": 1, \"##cali\": 2, \"##fragi\": 3, \"##listic\": 4");
        Encoding first = tiny.encode("supercalifragilistic",
                EncodingOptions.defaults().truncation(Truncation.windows(1, 0)));
        assertArrayEquals(new int[]{1}, first.ids());
        assertEquals(List.of(2, 3, 4), first.overflow().stream().map(window -> window.id(0)).toList());
        assertEquals(List.of(1, 1, 1), first.overflow().stream().map(Encoding::length).toList());
    }

    private Tokenizer wordPiece(String vocabulary) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, """
                {"version": "1.0", "pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "WordPiece",
                 "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                 "vocab": {%s}}}""".formatted(vocabulary));
        return Tokenizer.load(file);
    }

    // ---------------------------------------------------------------- spans

    @Test
    void shouldGiveSpansOfTheJavaString() {
        String text = "just some string including a £9.00 price";
        Encoding encoding = MINILM.encode(text);
        assertArrayEquals(new int[]{101, 2074, 2070, 5164, 2164, 1037, 1069, 2683, 1012, 4002, 3976, 102},
                encoding.ids());
        assertEquals(new Span(29, 30), encoding.span(6));
        assertEquals(new Span(35, 40), encoding.span(10));
        Encoding emoji = MINILM.encode("😀 ok");
        assertEquals(new Span(0, 2), emoji.span(1));
        assertEquals(new Span(3, 5), emoji.span(2));
        assertEquals(new Span(0, 1), emoji.codePointSpan(1));
        assertEquals(new Span(2, 4), emoji.codePointSpan(2));
        assertNull(emoji.span(0));
    }

    @Test
    void shouldNumberWordsAndSayWhatTokensAre() {
        Encoding pair = MINILM.encode("unaffable cats", "dogs");
        assertEquals(List.of("[CLS]", "una", "##ffa", "##ble", "cats", "[SEP]", "dogs", "[SEP]"), pair.pieces());
        assertEquals(List.of(-1, 0, 0, 0, 1, -1, 0, -1),
                IntStream.range(0, pair.length()).mapToObj(pair::word).toList());
        assertEquals(List.of(-1, 0, 0, 0, 0, -1, 1, -1),
                IntStream.range(0, pair.length()).mapToObj(pair::source).toList());
    }

    // ---------------------------------------------------------------- special tokens

    @Test
    void shouldFindSpecialTokensInTextsUnlessTheyAreToBePlain() {
        assertArrayEquals(new int[]{101, 2023, 2003, 102, 1037, 3231, 102}, MINILM.ids("This is[SEP]a test"));
        assertArrayEquals(new int[]{101, 2023, 2003, 103, 1066, 11937, 10074, 999, 102},
                MINILM.ids("This is [MASK]~tastic!"));
        assertArrayEquals(new int[]{101, 1031, 103, 102}, MINILM.ids("[[MASK]"));
        int[] plain = MINILM.ids("This is[SEP]a test", EncodingOptions.defaults().specialTokensAsText(true));
        assertEquals(1, Arrays.stream(plain).filter(id -> id == 102).count());
        assertArrayEquals(MINILM.ids("This is[sep]a test"), plain);
    }

    @Test
    void shouldPutTypesOnPairs() {
        Encoding pair = MINILM.encode("I ate a clock yesterday.", "It was very time consuming.");
        assertArrayEquals(
                new int[]{101, 1045, 8823, 1037, 5119, 7483, 1012, 102, 2009, 2001, 2200, 2051, 15077, 1012, 102},
                pair.ids());
        assertArrayEquals(new int[]{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}, pair.types());
    }

    /** RoBERTa has one type, and two separators between texts. */
    @Test
    void shouldPutTwoSeparatorsBetweenRobertasTexts() {
        Encoding pair = GoldenTokens.tokenizer("bl-noprefix-notrim-roberta").encode("the", "the");
        int the = pair.id(1);
        assertArrayEquals(new int[]{0, the, 2, 2, the, 2}, pair.ids());
        assertArrayEquals(new int[6], pair.types());
    }

    // ---------------------------------------------------------------- length

    @Test
    void shouldNotApplyTheLengthThatAFileHappensToHaveStored() {
        String words = String.join(" ", Collections.nCopies(300, "word"));
        assertEquals(302, MINILM.ids(words).length);
        assertEquals(128, MINILM.fileOptions().truncation().maxLength());
        int[] cut = MINILM.ids(words, EncodingOptions.defaults().truncation(Truncation.to(256)));
        assertEquals(256, cut.length);
        assertEquals(102, cut[255]);
        assertEquals(254, Arrays.stream(cut).filter(id -> id == 2773).count());
    }

    @Test
    void shouldNotReadMuchMoreOfALongTextThanItNeeds() {
        String book = String.join(" ", GoldenTokens.texts().subList(40, 190)).repeat(40);
        for (int length : new int[]{3, 16, 128, 512}) {
            EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(length));
            int[] whole = MINILM.ids(book);
            int[] expected = Arrays.copyOf(whole, length);
            expected[length - 1] = 102;
            assertArrayEquals(expected, MINILM.ids(book, options));
            assertArrayEquals(expected, MINILM.encode(book, options).ids());
        }
    }

    /** Without a token for it, an unknown word is an error as soon as it is read. */
    @Test
    void shouldNotEvenReadWhatIsFarBehindTheLastToken() throws IOException {
        Tokenizer tiny = wordPiece("\"word\": 0, \"##s\": 1");
        String text = "word words ".repeat(2_000) + "unknown";
        assertThrows(LanewiseException.class, () -> tiny.ids(text));
        for (int length : new int[]{1, 16, 512}) {
            EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(length));
            assertEquals(length, tiny.ids(text, options).length);
            assertEquals(length, tiny.encode(text, options).length());
            int[] near = Arrays.copyOf(tiny.ids("word words ".repeat(600)), length);
            assertArrayEquals(near, tiny.ids("word words ".repeat(600) + "unknown", options));
        }
    }

    @Test
    void shouldCutEveryTokenizersLongTextsWhereTheWholeTextWouldBeCut() {
        String book = String.join(" ", GoldenTokens.texts().subList(40, 190)).repeat(8);
        for (String name : GoldenTokens.names("expected")) {
            Tokenizer tokenizer = GoldenTokens.tokenizer(name);
            EncodingOptions plain = EncodingOptions.defaults().specialTokens(false);
            int[] whole = name.equals("ug-no-unk") ? new int[0] : tokenizer.ids(book, plain);
            for (int length : new int[]{1, 40, 300}) {
                assertArrayEquals(Arrays.copyOf(whole, Math.min(length, whole.length)), whole.length == 0
                        ? whole
                        : tokenizer.ids(book, plain.truncation(Truncation.to(length))), name);
            }
        }
    }

    @Test
    void shouldNotStopAtASpaceThatANormalizerTakesAway() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, """
                {"version": "1.0", "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "x"},
                 "pre_tokenizer": {"type": "WhitespaceSplit"}, "model": {"type": "WordLevel", "unk_token": "?",
                 "vocab": {"?": 0, "%s": 1}}}""".formatted("ax".repeat(4000) + "a"));
        int[] whole = Tokenizer.load(file).ids("a ".repeat(4000) + "a");
        assertArrayEquals(new int[]{1}, whole);
        assertArrayEquals(whole, Tokenizer.load(file).ids("a ".repeat(4000) + "a",
                EncodingOptions.defaults().truncation(Truncation.to(1))));
    }

    @Test
    void shouldCutTwoVeryLongTextsWithoutTheirWindows() {
        String book = "word ".repeat(20_000);
        Encoding pair = MINILM.encode(book, book, EncodingOptions.defaults().truncation(Truncation.to(16)));
        assertEquals(16, pair.length());
        assertEquals(List.of(), pair.overflow());
    }

    @Test
    void shouldCutALongDocumentAndLeaveItsQuestionWhole() {
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(512));
        String document = String.join(" ", Collections.nCopies(10_000, "document"));
        Encoding pair = MINILM.encode("question", document, options);
        assertEquals(512, pair.length());
        assertArrayEquals(new int[]{101, 3160, 102, 6254}, Arrays.copyOf(pair.ids(), 4));
        assertEquals(102, pair.id(511));
        assertEquals(508, IntStream.range(0, 512).filter(token -> pair.source(token) == 1).count());
        Encoding turned = MINILM.encode(document, "question", options);
        assertEquals(512, turned.length());
        assertArrayEquals(new int[]{6254, 102, 3160, 102}, Arrays.copyOfRange(turned.ids(), 508, 512));
        assertThrows(LanewiseException.class, () -> MINILM.encode(document, "question", options
                .truncation(Truncation.to(512).strategy(Truncation.Strategy.ONLY_SECOND))));
    }

    @Test
    void shouldRefuseALengthWithoutRoomForSpecialTokens() {
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(1));
        assertEquals("truncation must leave room for the special tokens: maxLength=1, special tokens=2",
                assertThrows(LanewiseException.class, () -> MINILM.encode("text", options)).getMessage());
    }

    @Test
    void shouldRefuseAStrideAsLongAsAWindow() {
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.windows(4, 2));
        assertEquals("the stride must be below the tokens of a window: stride=2, tokens=2",
                assertThrows(LanewiseException.class, () -> MINILM.encode("one two three four", options)).getMessage());
    }

    @Test
    void shouldFillUpToTheLongestOfABatch() {
        List<Encoding> batch = MINILM.encode(List.of("one", "one two three"),
                EncodingOptions.defaults().padding(Padding.toLongest(0)));
        assertArrayEquals(new int[]{101, 2028, 102, 0, 0}, batch.getFirst().ids());
        assertEquals(List.of(true, true, true, false, false),
                IntStream.range(0, 5).mapToObj(batch.getFirst()::isAttended).toList());
        assertEquals(5, batch.getLast().length());
    }

    // ---------------------------------------------------------------- hostile texts

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n \u00A0\u3000", "\u0000", "\uFFFD", "\uD800", "\uDC00\uD800", "a\uD83D",
            "\uDE00b",
            "ﷺ", "😱😱😱😱😱😱this is weird", "e\u0301\u0323\u0300", "\u200B\u200D\uFEFF"})
    void shouldEncodeAnyText(String text) {
        for (String name : GoldenTokens.names("expected")) {
            if (!name.equals("ug-no-unk")) {
                Encoding encoding = GoldenTokens.tokenizer(name).encode(text);
                for (int token = 0; token < encoding.length(); token++) {
                    Span span = encoding.span(token);
                    assertTrue(span == null || span.start() >= 0 && span.end() <= text.length(), name + ": " + span);
                }
            }
        }
    }

    @Test
    void shouldTakeHalfASurrogatePairForAReplacementCharacter() {
        Tokenizer bytes = GoldenTokens.tokenizer("bl-noprefix-notrim-roberta");
        assertArrayEquals(bytes.ids("a\uFFFDb"), bytes.ids("a\uD800b"));
    }

    // ---------------------------------------------------------------- back to text

    @Test
    void shouldDecode() {
        assertEquals("how do i get my money back?", MINILM.decode(MINILM.ids("How do I get my money back?")));
        assertEquals("[CLS] hi [SEP]", MINILM.decode(MINILM.ids("hi"), false));
        Tokenizer bytes = GoldenTokens.tokenizer("bl-noprefix-trim-bytelevelpost");
        for (String text : List.of("the quick", " two  spaces", "ünï😀\n\tx")) {
            assertEquals(text, bytes.decode(bytes.ids(text)));
        }
    }

    // ---------------------------------------------------------------- folders

    @Test
    void shouldMakeBertsTokenizerOfItsVocabulary() throws IOException {
        String pieces = IntStream.range(0, 30522).mapToObj(MINILM::piece).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(folder.resolve("vocab.txt"), pieces);
        Files.writeString(folder.resolve("tokenizer_config.json"),
                "{\"do_lower_case\": true, \"model_max_length\": 512}");
        Tokenizer made = Tokenizer.load(folder);
        for (String text : GoldenTokens.texts()) {
            assertArrayEquals(MINILM.ids(text), made.ids(text));
        }
        assertArrayEquals(MINILM.encode("a", "b").types(), made.encode("a", "b").types());
        assertEquals(512, made.maxLength().orElseThrow());
    }

    /** What stands for no limit is 10^30. */
    @Test
    void shouldHaveTheLimitOfItsFolder() throws IOException {
        Files.copy(RealTokenizers.minilm(), folder.resolve("tokenizer.json"));
        assertTrue(Tokenizer.load(folder).maxLength().isEmpty());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 256}");
        assertEquals(256, Tokenizer.load(folder).maxLength().orElseThrow());
        Files.writeString(folder.resolve("tokenizer_config.json"),
                "{\"model_max_length\": 1000000000000000019884624838656}");
        assertTrue(Tokenizer.load(folder).maxLength().isEmpty());
    }

    @Test
    void shouldSayWhatAFolderLacks() {
        assertEquals(
                "folder must have a tokenizer.json, a vocab.txt, or a vocab.json and a merges.txt: folder=" + folder,
                assertThrows(LanewiseException.class, () -> Tokenizer.load(folder)).getMessage());
        Path missing = folder.resolve("missing");
        assertEquals("file or folder must exist: path=" + missing,
                assertThrows(LanewiseException.class, () -> Tokenizer.load(missing)).getMessage());
    }
}
