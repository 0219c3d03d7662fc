package io.lanewise.tokenizers;

import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What holds of byte-level BPE, whatever the text. */
class ByteLevelTest {

    private static final Tokenizer TOKENIZER = GoldenTokens.tokenizer("bl-noprefix-trim-bytelevelpost");
    private static final Tokenizer ROBERTA = GoldenTokens.tokenizer("bl-noprefix-notrim-roberta");

    /** But for halves of surrogate pairs, which are no characters. */
    @Property
    void shouldDecodeWhatItEncoded(@ForAll String text) {
        String whole = text.codePoints()
                .map(codePoint -> Character.getType(codePoint) == Character.SURROGATE ? '?' : codePoint)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        assertEquals(whole, TOKENIZER.decode(TOKENIZER.ids(whole)));
        assertEquals(whole, ROBERTA.decode(ROBERTA.ids(whole)));
    }

    /** White space is Unicode's, and of several spaces before a word the last one is the word's. */
    @Example
    void shouldPartPunctuationFromAnyWhiteSpace() {
        for (String space : List.of("\u0085", "\u00A0", "\u3000")) {
            assertEquals(List.of(0, 1), words("!" + space).stream().distinct().toList());
        }
        assertEquals(List.of(" ", " '", "there"), pieces("  'there"));
    }

    private static List<Integer> words(String text) {
        Encoding encoding = ROBERTA.encode(text, EncodingOptions.defaults().specialTokens(false));
        return IntStream.range(0, encoding.length()).mapToObj(encoding::word).toList();
    }

    /** Returns the parts of a text that its words came from. */
    private static List<String> pieces(String text) {
        Encoding encoding = ROBERTA.encode(text, EncodingOptions.defaults().specialTokens(false));
        StringBuilder parts = new StringBuilder();
        for (int token = 0; token < encoding.length(); token++) {
            boolean begins = token > 0 && encoding.word(token) != encoding.word(token - 1);
            Span span = encoding.span(token);
            parts.append(begins ? "|" : "").append(text, span.start(), span.end());
        }
        return List.of(parts.toString().split("\\|"));
    }
}
