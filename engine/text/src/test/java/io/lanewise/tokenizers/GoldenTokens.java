package io.lanewise.tokenizers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the reference makes of many texts, recorded, and the files of the tokenizers that it was asked with. */
final class GoldenTokens {

    /** The one real tokenizer among them; it comes in an artifact of its model. */
    static final String MINILM = "all-minilm-l6-v2";

    private static final Map<String, Tokenizer> TOKENIZERS = new ConcurrentHashMap<>();
    private static final List<String> TEXTS = read("open.jsonl").stream().map(Json::text).toList();

    private GoldenTokens() {}

    /** Returns the names of the tokenizers that something was recorded for in a folder. */
    static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(root().resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replace(".jsonl.gz", "")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a tokenizer, which is loaded once. */
    static Tokenizer tokenizer(String name) {
        return TOKENIZERS.computeIfAbsent(name, GoldenTokens::load);
    }

    private static Tokenizer load(String name) {
        return Tokenizer.load(file(name));
    }

    /** Returns a tokenizer's file. */
    static Path file(String name) {
        return name.equals(MINILM) ? RealTokenizers.minilm() : root().resolve("tiny").resolve(name + ".json");
    }

    /** Returns the texts. */
    static List<String> texts() {
        return TEXTS;
    }

    /** Returns the pairs of texts. */
    static List<TextPair> pairs() {
        return read("open-pairs.jsonl").stream()
                .map(pair -> new TextPair(pair.list().getFirst().text(), pair.list().getLast().text())).toList();
    }

    /** Two texts. */
    record TextPair(String first, String second) {}

    /** Reads the lines of a file of JSON lines, packed or not. */
    static List<Json> read(String file) {
        try (InputStream in = Files.newInputStream(root().resolve(file));
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return reader.lines().map(JsonFile::line).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        try {
            return Path.of(GoldenTokens.class.getResource("/tokenizers").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a list of whole numbers. */
    static List<Integer> numbers(Json json) {
        return json.list().stream().map(Json::count).toList();
    }

    /** Returns a list of spans, null for none. */
    static List<Span> spans(Json json) {
        List<Span> spans = new ArrayList<>();
        for (Json span : json.list()) {
            spans.add(span.isNull() ? null : new Span(span.list().getFirst().count(), span.list().getLast().count()));
        }
        return spans;
    }

    static List<Integer> ids(Encoding encoding) {
        return Arrays.stream(encoding.ids()).boxed().toList();
    }

    static List<Integer> types(Encoding encoding) {
        return Arrays.stream(encoding.types()).boxed().toList();
    }

    /** Returns the spans of all tokens, counted once a text; an encoding itself counts once a token, which is asked of three. */
    static List<Span> codePointSpans(Encoding encoding, String... texts) {
        List<int[]> counts = Stream.of(texts).map(GoldenTokens::codePoints).toList();
        List<Span> spans = new ArrayList<>();
        for (int token = 0; token < encoding.length(); token++) {
            Span units = encoding.span(token);
            int[] before = units == null ? null : counts.get(encoding.source(token));
            spans.add(units == null ? null : new Span(before[units.start()], before[units.end()]));
        }
        for (int token : encoding.length() == 0 ? new int[0] : new int[]{0, spans.size() / 2, spans.size() - 1}) {
            assertEquals(spans.get(token), encoding.codePointSpan(token));
        }
        return spans;
    }

    /** Returns how many code points lie before each unit of a text. */
    private static int[] codePoints(String text) {
        int[] before = new int[text.length() + 1];
        for (int unit = 0; unit < text.length(); unit++) {
            boolean second = Character.isLowSurrogate(text.charAt(unit)) && unit > 0
                    && Character.isHighSurrogate(text.charAt(unit - 1));
            before[unit + 1] = before[unit] + (second ? 0 : 1);
        }
        return before;
    }
}
