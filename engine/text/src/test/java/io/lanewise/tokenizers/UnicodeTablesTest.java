package io.lanewise.tokenizers;

import java.text.Normalizer.Form;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.tokenizers.normalizers.Normalizer;
import io.lanewise.tokenizers.normalizers.Normalizers;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.unicode.CodePoints;
import io.lanewise.tokenizers.unicode.WhiteSpace;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.text.Normalizer.normalize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Every code point is what the reference takes it for. */
@Execution(ExecutionMode.CONCURRENT)
class UnicodeTablesTest {

    /** By the name that a class was recorded under, who says here what is in it. */
    private static final Map<String, IntPredicate> CLASSES = Map.ofEntries(
            Map.entry("bert-clean-dropped", CodePoints.named("bert-dropped")::contains),
            Map.entry("bert-chinese", CodePoints.named("chinese")::contains),
            Map.entry("strip-accents-dropped", CodePoints.named("accent")::contains),
            Map.entry("bert-strip-accents-dropped", CodePoints.named("bert-accent")::contains),
            Map.entry("bert-punctuation", CodePoints.named("punctuation")::contains),
            Map.entry("bert-pretokenizer-space", WhiteSpace::is),
            Map.entry("punctuation", CodePoints.named("punctuation")::contains),
            Map.entry("digits", CodePoints.named("numeric")::contains),
            Map.entry("whitespacesplit-space", WhiteSpace::is),
            Map.entry("whitespace-space", WhiteSpace::is),
            Map.entry("whitespace-word", CodePoints.named("word")::contains),
            Map.entry("regex \\s", WhiteSpace::is),
            Map.entry("regex \\p{L}", CodePoints.named("letter")::contains),
            Map.entry("regex \\p{N}", CodePoints.named("number")::contains),
            Map.entry("single-word-neighbour", CodePoints.named("word")::contains),
            Map.entry("lstrip-space", WhiteSpace::is),
            Map.entry("strip-space", WhiteSpace::is));

    /** By the name that a map was recorded under, the expression of the JDK that it was compared with. */
    private static final Map<String, UnaryOperator<String>> MAPS = Map.of(
            "NFC", text -> normalize(text, Form.NFC),
            "NFD", text -> normalize(text, Form.NFD),
            "NFKC", text -> normalize(text, Form.NFKC),
            "NFKD", text -> normalize(text, Form.NFKD),
            "Lowercase", text -> text.toLowerCase(Locale.ROOT),
            "Nmt", text -> text);

    static List<Json> classes() {
        return GoldenTokens.read("classes.jsonl").stream()
                .filter(line -> line.has("class") && CLASSES.containsKey(line.get("class").text())).toList();
    }

    static List<Json> maps() {
        return GoldenTokens.read("classes.jsonl").stream()
                .filter(line -> line.has("map") && MAPS.containsKey(line.get("map").text())).toList();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void shouldHaveTheClassesOfTheReference(Json recorded) {
        BitSet right = new BitSet();
        for (Json range : recorded.get("ranges").list()) {
            String[] ends = range.text().split("-");
            right.set(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16) + 1);
        }
        IntPredicate own = CLASSES.get(recorded.get("class").text());
        assertSame(right::get, own::test);
    }

    /** What was recorded are the differences to the JDK of that day. */
    @ParameterizedTest
    @MethodSource("maps")
    void shouldMapAsTheReferenceDoes(Json recorded) {
        assumeTrue(Runtime.version().feature() == 25, "needs the Unicode of JDK 25");
        String name = recorded.get("map").text();
        Map<Integer, String> differences = new HashMap<>();
        recorded.get("reference").members()
                .forEach((codePoint, mapped) -> differences.put(Integer.parseInt(codePoint, 16), mapped.text()));
        Normalizer own = Normalizers.read(JsonFile.line("{\"type\": \"" + name + "\"}"));
        AlignedText text = new AlignedText();
        assertSame(codePoint -> {
            String difference = differences.get(codePoint);
            return difference == null ? MAPS.get(name).apply(Character.toString(codePoint)) : difference;
        }, codePoint -> {
            text.load(Character.toString(codePoint), 0, Character.charCount(codePoint));
            own.normalize(text);
            return text.substring(0, text.length());
        });
    }

    private static void assertSame(IntFunction<Object> right, IntFunction<Object> own) {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint == Character.MIN_SURROGATE) {
                codePoint = Character.MAX_SURROGATE + 1;
            }
            if (!right.apply(codePoint).equals(own.apply(codePoint))) {
                assertEquals(right.apply(codePoint), own.apply(codePoint), "U+%04X".formatted(codePoint));
            }
        }
    }
}
