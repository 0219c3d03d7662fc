package io.lanewise.tokenizers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.lanewise.tokenizers.text.ByteAlphabet;

/** Asks the reference what a single component does. */
final class ReferenceProbe implements AutoCloseable {

    private static final Map<String, String> OPTIONS = Map.of("addSpecialTokens", "false", "truncation", "false",
            "padding", "false");

    private final HuggingFaceTokenizer tokenizer;

    private ReferenceProbe(Map<String, Object> file) {
        StringBuilder json = new StringBuilder();
        JsonText.write(file, json);
        try {
            tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)), OPTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a normalizer; each byte of what it writes is a token. */
    static ReferenceProbe ofNormalizer(Map<String, Object> normalizer) {
        Map<String, Object> vocabulary = new LinkedHashMap<>();
        for (int value = 0; value < 256; value++) {
            vocabulary.put(character(value), value);
        }
        return new ReferenceProbe(Map.of("version", "1.0",
                "normalizer", normalizer,
                "pre_tokenizer", Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", false),
                "model", Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of())));
    }

    /** Returns the character that stands for a byte. */
    private static String character(int value) {
        for (int character = 0; character < 0x200; character++) {
            if (ByteAlphabet.toByte(character) == value) {
                return Character.toString(character);
            }
        }
        throw new IllegalArgumentException("a byte has 256 values: value=" + value);
    }

    /** Asks a pre-tokenizer; each piece that it makes is a token. */
    static ReferenceProbe ofPreTokenizer(String type) {
        return new ReferenceProbe(Map.of("version", "1.0",
                "pre_tokenizer", Map.of("type", type),
                "model", Map.of("type", "WordLevel", "unk_token", "?", "vocab", Map.of("?", 0))));
    }

    /** Returns what a normalizer makes of each text. */
    List<String> normalized(List<String> texts) {
        List<String> normalized = new ArrayList<>();
        for (Encoding encoding : tokenizer.batchEncode(texts, false, false)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (long id : encoding.getIds()) {
                bytes.write((int) id);
            }
            normalized.add(bytes.toString(StandardCharsets.UTF_8));
        }
        return normalized;
    }

    /** Returns how many pieces a pre-tokenizer makes of each text. */
    List<Integer> pieces(List<String> texts) {
        List<Integer> pieces = new ArrayList<>();
        for (Encoding encoding : tokenizer.batchEncode(texts, false, false)) {
            pieces.add(encoding.getIds().length);
        }
        return pieces;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
