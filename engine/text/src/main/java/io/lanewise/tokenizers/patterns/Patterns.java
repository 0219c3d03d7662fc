package io.lanewise.tokenizers.patterns;

import java.util.List;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;

/** Reads the patterns of the file format: {@code {"String": …}} or {@code {"Regex": …}}. */
public final class Patterns {

    /** Expressions that many files share, each with a scanner that does the same and is many times as fast. */
    private static final Map<String, TextPattern> SCANNERS = Map.of(Gpt2Pattern.REGEX, Gpt2Pattern.INSTANCE,
            SpacesPattern.REGEX, new SpacesPattern(), LlamaPattern.regex("\\p{N}"), new LlamaPattern(1),
            LlamaPattern.regex("\\p{N}{1,3}"), new LlamaPattern(3));

    private Patterns() {}

    /** Reads a pattern. */
    public static TextPattern read(Json json) {
        if (json.members().size() == 1 && json.has("String")) {
            String string = json.get("String").text();
            return string.isEmpty() ? RegexPattern.of(json.path(), "") : new StringPattern(string);
        }
        if (json.members().size() == 1 && json.has("Regex")) {
            String regex = json.get("Regex").text();
            TextPattern scanner = SCANNERS.get(regex);
            return scanner == null ? RegexPattern.of(json.get("Regex").path(), regex) : scanner;
        }
        throw new LanewiseException("%s must have one member of %s: found %s".formatted(json.path(),
                List.of("String", "Regex"), json.members().keySet()));
    }
}
