package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

import io.lanewise.LanewiseException;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that ask for much more memory or time than they have bytes. */
class HostileTokenizerFileTest {

    private static final String MODEL = "\"model\": {\"type\": \"WordLevel\", \"unk_token\": \"a\", \"vocab\": {\"a\": 0}}";

    @TempDir
    private Path folder;

    private Path file(String members) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file,
                "{\"version\": \"1.0\", %s%s%s}".formatted(members, members.isEmpty() ? "" : ", ", MODEL));
        return file;
    }

    private static String times(int count, String part) {
        return String.join(", ", Collections.nCopies(count, part));
    }

    @Test
    void shouldNotKeepThePathOfEveryValueOfADeepFile() throws IOException {
        String name = "\"" + "n".repeat(150) + "\": ";
        Path deep = file("\"normalizer\": {\"type\": \"NFC\", %s[%s]%s}".formatted((name + "{").repeat(50) + name,
                times(50_000, "0"), "}".repeat(50)));
        FuzzedFile.requireCheap(FuzzedFile.mostBytes(Files.size(deep)), () -> Tokenizer.load(deep));
    }

    @Test
    void shouldEndADoublingText() throws IOException {
        Tokenizer replacing = Tokenizer.load(file("\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [%s]}"
                .formatted(
                        times(64, "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aa\"}"))));
        requireTooLong("a", replacing);
        String byteLevel = "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": false}";
        requireTooLong("é", Tokenizer.load(file("\"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [%s]}"
                .formatted(times(64, byteLevel)))));
    }

    private static void requireTooLong(String text, Tokenizer tokenizer) {
        FuzzedFile.requireCheap(256 << 20, () -> {
            String message = assertThrows(LanewiseException.class, () -> tokenizer.encode(text)).getMessage();
            assertTrue(message.startsWith("a text must not become many times as long: code points="), message);
        });
    }

    /** Memory that a longer text has left does not let a text become longer than it may. */
    @Test
    void shouldEndADoublingTextAtTheSameLengthWhateverCameBefore() throws IOException {
        Tokenizer twelve = doubling(12);
        assertEquals(1, twelve.encode("é").length(), "4096 characters, one word");
        Tokenizer thirteen = doubling(13);
        String refusal = "a text must not become many times as long: code points=4353, allowed=4352";
        assertEquals(refusal, assertThrows(LanewiseException.class, () -> thirteen.encode("é")).getMessage());
        assertThrows(LanewiseException.class, () -> thirteen.encode("é".repeat(1000)));
        assertEquals(refusal, assertThrows(LanewiseException.class, () -> thirteen.encode("é")).getMessage());
    }

    private Tokenizer doubling(int times) throws IOException {
        return Tokenizer.load(file("\"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [%s]}"
                .formatted(
                        times(times, "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": false,"
                                + " \"use_regex\": false}"))));
    }

    @Test
    void shouldEndADoublingDecoder() throws IOException {
        Tokenizer tokenizer = Tokenizer.load(file("\"decoder\": {\"type\": \"Sequence\", \"decoders\": [%s]}"
                .formatted(
                        times(64, "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aa\"}"))));
        FuzzedFile.requireCheap(256 << 20, () -> {
            String message = assertThrows(LanewiseException.class, () -> tokenizer.decode(0)).getMessage();
            assertTrue(message.startsWith("decoded text must not become many times as long: length="), message);
        });
    }

    @Test
    void shouldRefuseATemplateWhoseTokensMultiply() throws IOException {
        String special = "{\"SpecialToken\": {\"id\": \"s\", \"type_id\": 0}}";
        Path template = file("""
                "post_processor": {"type": "TemplateProcessing", "single": [%s], "pair": [],
                 "special_tokens": {"s": {"id": "s", "ids": [%s], "tokens": ["s"]}}}""".formatted(times(100, special),
                times(100, "0")));
        assertEquals("a template must not have more than 1000 parts: $.post_processor.single, file=" + template,
                assertThrows(LanewiseException.class, () -> Tokenizer.load(template)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"{\"Fixed\": 2147483647}, 1, strategy.Fixed=2147483647",
            "\"BatchLongest\", 1073741825, pad_to_multiple_of=1073741825"})
    void shouldRefuseToFillUpWithoutEnd(String strategy, int multiple, String found) throws IOException {
        Path padded = file(
                """
                        "padding": {"strategy": %s, "direction": "Right", "pad_to_multiple_of": %d, "pad_id": 0, "pad_type_id": 0,
                         "pad_token": "a"}"""
                        .formatted(strategy, multiple));
        assertEquals(
                "encodings must not be filled up to more than 1048576 tokens: $.padding.%s, file=%s".formatted(found,
                        padded),
                assertThrows(LanewiseException.class, () -> Tokenizer.load(padded)).getMessage());
    }

    @Test
    void shouldRefuseToFillUpBeyondArrays() throws IOException {
        Tokenizer tokenizer = Tokenizer.load(file(""));
        EncodingOptions options = EncodingOptions.defaults().padding(new Padding(Integer.MAX_VALUE, 1 << 30,
                Direction.RIGHT, 0, 0));
        assertEquals("padding must not be longer than an array: length=2147483647, multiple=1073741824",
                assertThrows(LanewiseException.class, () -> tokenizer.encode("a", options)).getMessage());
    }

    @Test
    void shouldTakeAsLongForEachOfManyAddedTokens() throws IOException {
        StringBuilder added = new StringBuilder("\"added_tokens\": [");
        for (int i = 0; i < 100_000; i++) {
            added.append(i == 0 ? "" : ",")
                    .append("""
                            {"id": 0, "content": "t%d", "single_word": false, "lstrip": false, "rstrip": false, "normalized": true,
                             "special": false}"""
                            .formatted(i));
        }
        Path many = file(added.append("]").toString());
        FuzzedFile.requireCheap(128 * Files.size(many), () -> assertEquals(100_001, Tokenizer.load(many).idEnd()));
    }

    /** What a form may change is found once. */
    @Test
    void shouldTakeLittleForAFormOfUnicodeThatComesAgain() throws IOException {
        Path many = file("\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [%s]}".formatted(
                times(1_000, "{\"type\": \"NFKC\"}")));
        FuzzedFile.requireCheap(FuzzedFile.mostBytes(Files.size(many)), () -> Tokenizer.load(many));
    }

    @Test
    void shouldNameWhatIsNotKnown() throws IOException {
        Path unknown = file("\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"New\"}]}");
        assertEquals("$.normalizer.normalizers[0].type must be one of [BertNormalizer, ByteLevel, Lowercase, NFC, NFD, "
                + "NFKC, NFKD, Nmt, Precompiled, Prepend, Replace, Sequence, Strip, StripAccents]: found 'New', file="
                + unknown, assertThrows(LanewiseException.class, () -> Tokenizer.load(unknown)).getMessage());
    }
}
