package io.lanewise.tokenizers.patterns;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Segments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Regular expressions mean what Oniguruma takes them for, or are refused; the parts of texts here were asked of the reference. */
class RegexPatternTest {

    private static List<String> parts(String regex, String string) {
        AlignedText text = new AlignedText();
        text.load(string, 0, string.length());
        Segments segments = new Segments();
        segments.begin(0);
        RegexPattern.of("$", regex).find(text, 0, text.length(), segments);
        segments.finish(text.length());
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < segments.count(); i++) {
            parts.add(text.substring(segments.from(i), segments.to(i)));
        }
        return parts;
    }

    @Test
    void shouldTakeSuperscriptsForWordCharactersOutsideBracketsAlone() {
        assertEquals(List.of("x²"), parts("\\w+", "x²"));
        assertEquals(List.of("x", "²"), parts("[\\w]+", "x²"));
        assertEquals(List.of("x", "²½"), parts("[^\\w\\s]+", "x²½"));
    }

    /** An empty match parts characters; none is parted itself. */
    @Test
    void shouldNotMatchWithinACharacter() {
        assertEquals(List.of("", "a", "", "😀", "", "b", ""), parts("x*", "a😀b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?m:.)x", "(?s)a.b", "(?i-m:a)", "a{1,3}+", "a{2}+", "a{2}?", "[[:alpha:]]", "[a-z&&[^e]]",
            "[\\p{L}--[a-z]]", "(?i)ß", "(?i:strasse)", "(?i)\\u00e9", "(?i:office)", "(a)\\k<1>", "\\bword", "\\R",
            "\\X",
            "\\101", "\\p{XDigit}", "\\p{Word}", "\\p{IsHan}", "[\\W]", "(?~a)", "\\", "("})
    void shouldRefuseWhatTheJdkReadsAsSomethingElse(String regex) {
        String message = assertThrows(LanewiseException.class, () -> RegexPattern.of("$.Regex", regex)).getMessage();
        assertTrue(message.startsWith("a regular expression must be one that this library knows: $.Regex='"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?i:'s|'t|'re|'ve|'m|'ll|'d)|\\s+", "\\p{N}{1,3}", "a{2,}?b", "[^\\r\\n\\p{L}]?+\\p{L}+",
            "(?<=a)b", "(?>a+)b", "(a)\\1", "\\p{Han}+|\\p{Hiragana}", "[一-龥]+", "(?x) a b"})
    void shouldTakeWhatBothHave(String regex) {
        assertEquals(List.of("..."), parts(regex, "..."), regex);
    }
}
