package io.lanewise.tokenizers;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Words of Turkish and Greek, whose letters have other cases where they are spoken. */
@Isolated("sets the default locale")
class DefaultLocaleTest {

    @Test
    void shouldNotDependOnTheDefaultLocale() {
        List<String> texts = List.of("TITLE IN İSTANBUL IŞIK ıi", "I", "ΟΔΥΣΣΕΥΣ");
        for (String name : GoldenTokens.names("tiny").stream().map(file -> file.replace(".json", "")).toList()) {
            Locale before = Locale.getDefault();
            try {
                for (String text : name.equals("ug-no-unk") ? List.<String>of() : texts) {
                    Locale.setDefault(Locale.ROOT);
                    int[] ids = GoldenTokens.tokenizer(name).ids(text);
                    Locale.setDefault(Locale.forLanguageTag("tr"));
                    assertArrayEquals(ids, GoldenTokens.tokenizer(name).ids(text), name);
                    assertArrayEquals(ids,
                            Tokenizer.load(GoldenTokens.root().resolve("tiny/" + name + ".json")).ids(text),
                            name);
                }
            } finally {
                Locale.setDefault(before);
            }
        }
    }
}
