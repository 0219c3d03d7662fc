package io.lanewise.tokenizers;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A text that is parted becomes what the whole text becomes. */
class SeamsTest {

    /** What plain characters may do to each other, and what stands beside them. */
    private static final String ALPHABET = "abSTtrevld'  ..,!-[]<>12304中文东京aé\u0301ſ▁Ġ\n\r\t\u00A0😀ﬁ";
    private static final int RANDOM_TEXTS = 200;
    private static final int TEXT_EVERY = 11;
    private static final int MOST_UNITS = 200;

    static Stream<String> names() {
        return GoldenTokens.names("expected").stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldMakeOfPartsWhatTheWholeTextBecomes(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        for (int i = 0; i < GoldenTokens.texts().size(); i += TEXT_EVERY) {
            String text = GoldenTokens.texts().get(i);
            if (text.length() < MOST_UNITS) {
                assertNull(PartedTexts.difference(tokenizer, text), name + ": " + text);
            }
        }
        Random random = new Random(7);
        int[] alphabet = ALPHABET.codePoints().toArray();
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            assertNull(PartedTexts.difference(tokenizer, text.toString()), name + ": " + text);
        }
    }

    @Test
    void shouldPartTextsOfEachKindWhereItCan() {
        assertEquals(8, seams(GoldenTokens.MINILM, "a b c d e f"));
        assertEquals(7, seams(GoldenTokens.MINILM, ".........."));
        assertEquals(7, seams(GoldenTokens.MINILM, "          "));
        assertEquals(6, seams(GoldenTokens.MINILM, "委员会周二同意桥将"));
        assertEquals(0, seams(GoldenTokens.MINILM, "aaaaaaaaaa"));
        assertTrue(seams("bl-prefix-trim-roberta", "two words, 42 and more") > 3);
        assertTrue(seams("bl-split-qwen", "two words, 42 and more") > 3);
        assertTrue(seams("ug-always-nfkc", "two words and more") > 2);
    }

    private static int seams(String name, String text) {
        return PartedTexts.count(GoldenTokens.tokenizer(name), text);
    }
}
