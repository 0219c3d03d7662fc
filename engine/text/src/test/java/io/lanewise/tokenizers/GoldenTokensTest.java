package io.lanewise.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.lanewise.tokenizers.GoldenTokens.codePointSpans;
import static io.lanewise.tokenizers.GoldenTokens.ids;
import static io.lanewise.tokenizers.GoldenTokens.numbers;
import static io.lanewise.tokenizers.GoldenTokens.spans;
import static io.lanewise.tokenizers.GoldenTokens.types;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Everything that was recorded of the reference, to the last id and span. */
@Execution(ExecutionMode.CONCURRENT)
class GoldenTokensTest {

    static List<String> texts() {
        return GoldenTokens.names("expected");
    }

    static List<String> pairs() {
        return GoldenTokens.names("expected-pairs");
    }

    static List<String> windows() {
        return GoldenTokens.names("expected-windows");
    }

    static List<String> fileOptions() {
        return GoldenTokens.names("expected-file-options");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldEncodeTexts(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        List<Json> expected = GoldenTokens.read("expected/" + name + ".jsonl.gz");
        for (int line = 0; line < expected.size(); line++) {
            String text = GoldenTokens.texts().get(line);
            Json right = expected.get(line);
            String where = name + ", line " + line;
            if (right.has("error")) {
                assertThrows(LanewiseException.class, () -> tokenizer.encode(text), where);
            } else if (!right.has("skip")) {
                Encoding encoding = tokenizer.encode(text);
                assertEncoding(right, encoding, where, text);
                assertEquals(ids(encoding), Arrays.stream(tokenizer.ids(text)).boxed().toList(), where);
            }
        }
    }

    private static void assertEncoding(Json right, Encoding encoding, String where, String... texts) {
        assertEquals(numbers(right.get("ids")), ids(encoding), () -> where + ": " + encoding.pieces());
        assertEquals(spans(right.get("spans")), codePointSpans(encoding, texts),
                () -> where + ": " + encoding.pieces());
        List<Integer> rightTypes = right.has("types")
                ? numbers(right.get("types"))
                : Collections.nCopies(encoding.length(), 0);
        assertEquals(rightTypes, types(encoding), where);
        for (int token = 0; token < encoding.length(); token++) {
            assertEquals(encoding.span(token) == null, encoding.isSpecial(token), where);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldEncodeAndCutPairs(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        List<Json> expected = GoldenTokens.read("expected-pairs/" + name + ".jsonl.gz");
        List<GoldenTokens.TextPair> texts = GoldenTokens.pairs();
        for (int line = 0; line < expected.size(); line++) {
            GoldenTokens.TextPair pair = texts.get(line);
            Json right = expected.get(line);
            String where = name + ", pair " + line;
            if (right.has("error")) {
                assertThrows(LanewiseException.class, () -> tokenizer.encode(pair.first(), pair.second()), where);
            } else if (!right.has("skip")) {
                Encoding whole = tokenizer.encode(pair.first(), pair.second());
                assertEncoding(right, whole, where, pair.first(), pair.second());
                right.get("cuts").members().forEach((strategy, cuts) -> cuts.members().forEach(
                        (length, cut) -> assertCut(tokenizer, pair, whole, strategy, Integer.parseInt(length), cut)));
            }
        }
    }

    private static void assertCut(Tokenizer tokenizer, GoldenTokens.TextPair pair, Encoding whole, String strategy,
            int length, Json cut) {
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(length)
                .strategy(Truncation.Strategy.valueOf(strategy.toUpperCase(Locale.ROOT))));
        String where = pair + " cut to " + length + ", " + strategy;
        if (cut.isText() && cut.text().startsWith("error")) {
            assertThrows(LanewiseException.class, () -> tokenizer.encode(pair.first(), pair.second(), options), where);
            return;
        }
        Encoding encoding = tokenizer.encode(pair.first(), pair.second(), options);
        if (cut.isText()) {
            assertEquals("full", cut.text());
            assertEquals(ids(whole), ids(encoding), where);
        } else {
            assertEquals(numbers(cut.get("ids")), ids(encoding), where);
            if (cut.has("types")) {
                assertEquals(numbers(cut.get("types")), types(encoding), where);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void shouldKeepWindowsOfLongTexts(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        for (Json line : GoldenTokens.read("expected-windows/" + name + ".jsonl.gz")) {
            String text = GoldenTokens.texts().get(line.get("line").count());
            for (Json window : line.get("windows").list()) {
                String where = name + ", " + line.get("line").count() + ", " + window;
                if (window.has("error")) {
                    assertThrows(LanewiseException.class, () -> tokenizer.encode(text), where);
                    continue;
                }
                int length = window.get("max").count();
                List<List<Integer>> pieces = window.get("pieces").list().stream().map(GoldenTokens::numbers).toList();
                Encoding encoding = tokenizer.encode(text, EncodingOptions.defaults()
                        .truncation(Truncation.windows(length, window.get("stride").count())));
                assertEquals(pieces, windows(encoding), where);
                assertEquals(pieces.getFirst(),
                        ids(tokenizer.encode(text, EncodingOptions.defaults().truncation(Truncation.to(length)))),
                        where);
            }
        }
    }

    private static List<List<Integer>> windows(Encoding encoding) {
        List<List<Integer>> windows = new ArrayList<>(List.of(ids(encoding)));
        encoding.overflow().forEach(window -> windows.add(ids(window)));
        return windows;
    }

    @ParameterizedTest
    @MethodSource("fileOptions")
    void shouldApplyWhatAFileHasStoredIfAsked(String name) {
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        for (Json right : GoldenTokens.read("expected-file-options/" + name + ".jsonl.gz")) {
            String text = GoldenTokens.texts().get(right.get("line").count());
            Encoding encoding = tokenizer.encode(text, tokenizer.fileOptions());
            assertEncoding(right, encoding, name + right, text);
            assertEquals(numbers(right.get("attention")), IntStream.range(0, encoding.length())
                    .mapToObj(token -> encoding.isAttended(token) ? 1 : 0).toList());
            List<List<Integer>> overflow = right.has("overflow")
                    ? right.get("overflow").list().stream().map(GoldenTokens::numbers).toList()
                    : List.of();
            assertEquals(overflow, encoding.overflow().stream().map(GoldenTokens::ids).toList());
        }
    }

    /** Damaged files that the reference loads and stumbles over later, or with which every encoding is another. */
    private static final Map<String, String> STRICTER = Map.of(
            "bpe-dropout.json", "dropout",
            "bpe-prefix-merge-right-part-without-prefix.json", "prefix",
            "precompiled-bad-base64.json", "base64",
            "template-token-not-declared.json", "special_tokens");

    static List<Json> oddFiles() {
        return GoldenTokens.read("odd.jsonl");
    }

    @ParameterizedTest
    @MethodSource("oddFiles")
    void shouldRefuseDamagedFilesAsTheReferenceDoes(Json odd) {
        String file = odd.get("file").text();
        Path path = GoldenTokens.root().resolve("odd").resolve(file);
        if (odd.get("load").text().startsWith("error") || STRICTER.containsKey(file)) {
            String message = assertThrows(LanewiseException.class, () -> Tokenizer.load(path), file).getMessage();
            assertTrue(message.endsWith(", file=" + path), message);
            assertTrue(message.contains(STRICTER.getOrDefault(file, "")), message);
            return;
        }
        Tokenizer tokenizer = Tokenizer.load(path);
        odd.members().forEach((text, ids) -> {
            if (ids.value() instanceof List) {
                assertEquals(numbers(ids), ids(tokenizer.encode(text)), file + ": " + text);
            } else if (ids.isText() && ids.text().startsWith("error") && !text.equals("load")) {
                assertThrows(LanewiseException.class, () -> tokenizer.encode(text), file + ": " + text);
            }
        });
    }
}
