package io.lanewise.tokenizers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.LanewiseException;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Hands texts of any kind to tokenizers of every kind: what comes out of one is never at odds with itself. */
class TokenizerTextFuzz {

    /** All tokenizers that are small, and so every component. */
    private static final List<String> NAMES = GoldenTokens.names("expected").stream()
            .filter(name -> !name.equals(GoldenTokens.MINILM)).toList();

    /** What puts characters in another order, or takes them from a span's ends: starts may then go back, as the reference's do. */
    private static final List<String> DISORDERLY = List.of("\"NF", "\"BertNormalizer\"", "\"trim_offsets\": true",
            "\"trim_offsets\":true", "\"rstrip\": true", "\"rstrip\":true", "\"BPE\"");

    private static final EncodingOptions BARE = EncodingOptions.defaults().specialTokens(false);

    @Timeout(FuzzedFile.HANG_SECONDS)
    @FuzzTest
    void shouldEncodeTextsOrRefuseThem(FuzzedDataProvider data) {
        String name = data.pickValue(NAMES);
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        int most = data.consumeInt(0, 40);
        int times = data.consumeInt(0, 7) == 0 ? data.consumeInt(1, 300) : 1;
        String text = data.consumeRemainingAsString().repeat(times);
        FuzzedFile.requireCheap(mostBytes(text), () -> {
            try {
                requireSound(name, tokenizer, text);
                requirePrefix(tokenizer, text, most);
                requireWindows(tokenizer, text, most + 1);
                assertNull(PartedTexts.difference(tokenizer, text), "parted");
            } catch (LanewiseException refused) {
                assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            }
        });
    }

    /** What a text may allocate, in all calls together: a kilobyte a token, of which U+FDFA, the longest, has 33. */
    private static long mostBytes(String text) {
        return (8 << 20) + 33L * 1024 * text.length();
    }

    private static void requireSound(String name, Tokenizer tokenizer, String text) {
        Encoding encoding = tokenizer.encode(text);
        assertArrayEquals(encoding.ids(), tokenizer.encode(text).ids(), "encoded twice");
        assertArrayEquals(encoding.ids(), tokenizer.ids(text), "ids alone");
        boolean ordered = isOrderly(name);
        int start = 0;
        for (int token = 0; token < encoding.length(); token++) {
            assertTrue(encoding.id(token) >= 0 && encoding.id(token) < tokenizer.idEnd(), "an id without a row");
            Span span = encoding.span(token);
            assertEquals(span == null, encoding.isSpecial(token), "a span for tokens of a text alone");
            if (span != null) {
                boolean inside = Math.min(span.start(), span.end()) >= 0
                        && Math.max(span.start(), span.end()) <= text.length();
                assertTrue(inside, "a span beyond the text: " + span);
                assertTrue(!ordered || span.start() >= start && span.end() >= span.start(),
                        "spans out of order: " + span);
                start = span.start();
            }
        }
        tokenizer.decode(encoding.ids(), false);
    }

    private static boolean isOrderly(String name) {
        try {
            String file = Files.readString(GoldenTokens.root().resolve("tiny").resolve(name + ".json"));
            return DISORDERLY.stream().noneMatch(file::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that is cut has the first tokens of the whole text, or the last, and the special ones around. */
    private static void requirePrefix(Tokenizer tokenizer, String text, int most) {
        int[] all = tokenizer.ids(text, BARE);
        int kept = Math.min(most, all.length);
        Truncation right = Truncation.to(most);
        assertArrayEquals(Arrays.copyOf(all, kept), tokenizer.ids(text, BARE.truncation(right)), "first tokens");
        assertArrayEquals(Arrays.copyOf(all, kept), tokenizer.encode(text, BARE.truncation(right)).ids(), "first");
        assertArrayEquals(Arrays.copyOfRange(all, all.length - kept, all.length),
                tokenizer.ids(text, BARE.truncation(right.direction(Direction.LEFT))), "last tokens");
        int added = tokenizer.addedTokens(false);
        assertEquals(kept + added,
                tokenizer.ids(text, EncodingOptions.defaults().truncation(Truncation.to(most + added))).length);
    }

    /** Windows without a stride are the whole text, one after the other. */
    private static void requireWindows(Tokenizer tokenizer, String text, int most) {
        Encoding first = tokenizer.encode(text, BARE.truncation(Truncation.windows(most, 0)));
        int[] all = tokenizer.ids(text, BARE);
        int[] joined = Arrays.copyOf(first.ids(), all.length);
        int at = first.length();
        for (Encoding window : first.overflow()) {
            assertTrue(window.length() > 0 && window.length() <= most, "windows of " + most);
            System.arraycopy(window.ids(), 0, joined, at, window.length());
            at += window.length();
        }
        assertEquals(all.length, at, "tokens in windows");
        assertArrayEquals(all, joined, "windows");
    }
}
