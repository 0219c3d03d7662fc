package io.lanewise.tokenizers;

import java.util.List;

import io.lanewise.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Ids become the texts that the reference makes of them ({@code DecodedTexts} records them). */
class DecodedTextsTest {

    static List<Json> recorded() {
        return GoldenTokens.read("decoded.jsonl.gz");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void shouldDecodeAsTheReferenceDoes(Json recorded) {
        String name = recorded.get("name").text();
        Tokenizer tokenizer = GoldenTokens.tokenizer(name);
        List<Json> encodings = GoldenTokens.read("expected/" + name + ".jsonl.gz");
        for (Json text : recorded.get("texts").list()) {
            int line = text.list().getFirst().count();
            int[] ids = GoldenTokens.numbers(encodings.get(line).get("ids")).stream().mapToInt(Integer::intValue)
                    .toArray();
            assertEquals(text.list().get(1).text(), tokenizer.decode(ids, false), name + ", line " + line);
            assertEquals(text.list().get(2).text(), tokenizer.decode(ids, true), name + ", line " + line);
        }
    }
}
