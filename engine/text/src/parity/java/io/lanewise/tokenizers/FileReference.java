package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/** The reference with what a file has stored of truncation and padding in force, which DJL's own class overrides. */
final class FileReference implements AutoCloseable {

    private static final TokenizersLibrary LIBRARY = library();

    private final long handle;

    /**
     * What it makes of a text or a pair: all windows, the first one first.
     *
     * @param spans in code points; null for tokens of no text
     */
    record Window(int[] ids, int[] types, Span[] spans, boolean[] special, boolean[] attended, int[] words,
            String... pieces) {}

    /**
     * Loads a file.
     *
     * @throws RuntimeException if the reference refuses it
     */
    FileReference(String json) {
        handle = LIBRARY.createTokenizerFromString(json);
    }

    private static TokenizersLibrary library() {
        LibUtils.checkStatus();
        return TokenizersLibrary.LIB;
    }

    /** Encodes a text, or two; null where it refuses them. */
    List<Window> encode(boolean specialTokens, String... texts) {
        try {
            long encoding = texts.length == 1
                    ? LIBRARY.encode(handle, texts[0], specialTokens)
                    : LIBRARY.encodeDual(handle, texts[0], texts[1], specialTokens);
            List<Window> windows = new ArrayList<>(List.of(window(encoding)));
            for (long overflow : LIBRARY.getOverflowing(encoding)) {
                windows.add(window(overflow));
                LIBRARY.deleteEncoding(overflow);
            }
            LIBRARY.deleteEncoding(encoding);
            return windows;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Window window(long encoding) {
        CharSpan[] charSpans = LIBRARY.getTokenCharSpans(encoding);
        Span[] spans = new Span[charSpans.length];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = charSpans[i] == null ? null : new Span(charSpans[i].getStart(), charSpans[i].getEnd());
        }
        return new Window(ints(LIBRARY.getTokenIds(encoding)), ints(LIBRARY.getTypeIds(encoding)), spans,
                ones(LIBRARY.getSpecialTokenMask(encoding)), ones(LIBRARY.getAttentionMask(encoding)),
                ints(LIBRARY.getWordIds(encoding)), LIBRARY.getTokens(encoding));
    }

    String decode(int[] ids, boolean withoutSpecial) {
        return LIBRARY.decode(handle, Arrays.stream(ids).asLongStream().toArray(), withoutSpecial);
    }

    private static int[] ints(long... numbers) {
        return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
    }

    private static boolean[] ones(long... numbers) {
        boolean[] ones = new boolean[numbers.length];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = numbers[i] == 1;
        }
        return ones;
    }

    @Override
    public void close() {
        LIBRARY.deleteTokenizer(handle);
    }
}
