package io.lanewise.tokenizers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.Tries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Texts that nobody writes. */
@Execution(ExecutionMode.CONCURRENT)
class HostileTextTest {

    private static final int UNITS = Tries.of(50_000, 1_000_000);

    /** One of each kind of model. */
    private static final List<String> MODELS = List.of("wp-strip-null-lower", "bl-noprefix-trim-bytelevelpost",
            "bpe-byte-fallback-replace-split", "bpe-suffix-strings", "ug-precompiled-tiny", "ug-never-bytefallback",
            "wl-nfd-stripaccents-lower-strip", "added-tokens-flags");

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "\u0000", "\u0301", "😀", "[UNK]", "\uD800", "ﷺ", "▁", "ab "})
    void shouldEncodeOneThingOverAndOver(String part) {
        String text = part.repeat(UNITS / part.length());
        for (String name : MODELS) {
            Encoding encoding = GoldenTokens.tokenizer(name).encode(text);
            requireInside(encoding, text, name);
            assertArrayEquals(encoding.ids(), GoldenTokens.tokenizer(name).ids(text), name);
        }
    }

    /** One regular expression may take the stack of a thread for a text like this: then there is an error of one line. */
    @ParameterizedTest
    @MethodSource("io.lanewise.tokenizers.GoldenTokensTest#texts")
    void shouldEncodeOrRefuseALongText(String name) {
        String text = "a1 ".repeat(UNITS / 3);
        try {
            requireInside(GoldenTokens.tokenizer(name).encode(text), text, name);
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ug-precompiled-tiny", "like-deberta-v3", "bl-normalizer"})
    void shouldEncodeEveryCodePoint(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        int last = Tries.of(Character.MIN_SUPPLEMENTARY_CODE_POINT * 3, Character.MAX_CODE_POINT); // three planes, or all
        for (int codePoint = 0; codePoint <= last; codePoint++) {
            String text = Character.toString(codePoint);
            requireInside(tokenizer.encode(text), text, name);
        }
    }

    private static void requireInside(Encoding encoding, String text, String name) {
        for (int token = 0; token < encoding.length(); token++) {
            Span span = encoding.span(token);
            boolean inside = span == null || Math.min(span.start(), span.end()) >= 0
                    && Math.max(span.start(), span.end()) <= text.length();
            if (!inside) {
                assertTrue(inside, name + ": " + span);
            }
        }
    }

    /** One character of one unit becomes eighteen. */
    @Test
    void shouldSayThatAllOfALigatureCameFromIt() {
        Encoding encoding = GoldenTokens.tokenizer("ug-never-bytefallback").encode("ﷺ");
        assertTrue(encoding.length() > 0);
        for (int token = 0; token < encoding.length(); token++) {
            assertTrue(encoding.isSpecial(token) || encoding.span(token).equals(new Span(0, 1)),
                    encoding.pieces() + ": " + encoding.span(token));
        }
    }
}
