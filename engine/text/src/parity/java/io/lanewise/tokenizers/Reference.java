package io.lanewise.tokenizers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;

/** The reference: Hugging Face's tokenizers in Rust, through DJL. */
final class Reference implements AutoCloseable {

    /** What the file has stored of truncation and padding is not to be applied. */
    private static final Map<String, String> OPTIONS = Map.of("addSpecialTokens", "true", "truncation", "false",
            "padding", "false");

    private final HuggingFaceTokenizer tokenizer;

    /**
     * What it makes of a text or a pair.
     *
     * @param spans in code points; null for tokens of no text
     * @param special whether each token is a special one that was added
     * @param words the number of each token's word, −1 for tokens of no text
     * @param decoded the text that the ids become again
     * @param decodedWithoutSpecial whether special tokens were left out of it
     */
    record Answer(int[] ids, int[] types, Span[] spans, boolean[] special, int[] words, String[] pieces,
            String decoded, boolean decodedWithoutSpecial) {}

    Reference(Path file) {
        try {
            tokenizer = HuggingFaceTokenizer.newInstance(file, OPTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Encodes texts and pairs; null where it refuses one. */
    List<Answer> encode(List<String[]> texts, boolean decodesWithoutSpecial) {
        List<ai.djl.huggingface.tokenizers.Encoding> encodings = new ArrayList<>();
        for (String[] text : texts) {
            encodings.add(encode(text));
        }
        long[][] ids = encodings.stream().map(encoding -> encoding == null ? new long[0] : encoding.getIds())
                .toArray(long[][]::new);
        String[] decoded = tokenizer.batchDecode(ids, decodesWithoutSpecial);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            answers.add(encodings.get(i) == null ? null : answer(encodings.get(i), decoded[i], decodesWithoutSpecial));
        }
        return answers;
    }

    private ai.djl.huggingface.tokenizers.Encoding encode(String... text) {
        try {
            return text.length == 1
                    ? tokenizer.encode(text[0], true, false)
                    : tokenizer.encode(text[0], text[1], true, false);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Answer answer(ai.djl.huggingface.tokenizers.Encoding encoding, String decoded, boolean without) {
        CharSpan[] charSpans = encoding.getCharTokenSpans();
        Span[] spans = new Span[charSpans.length];
        boolean[] special = new boolean[spans.length];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = charSpans[i] == null ? null : new Span(charSpans[i].getStart(), charSpans[i].getEnd());
            special[i] = encoding.getSpecialTokenMask()[i] == 1;
        }
        return new Answer(ints(encoding.getIds()), ints(encoding.getTypeIds()), spans, special,
                ints(encoding.getWordIds()), encoding.getTokens(), decoded, without);
    }

    private static int[] ints(long... numbers) {
        return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
