package io.lanewise.tokenizers.pretokenizers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;

/** Which pieces get the character in front that stands for spaces. */
public enum PrependScheme {
    /** Each one. */
    ALWAYS,
    /** The one that the text begins with. */
    FIRST,
    /** None. */
    NEVER;

    /** Reads the scheme; older files have {@code add_prefix_space} instead. */
    public static PrependScheme read(Json json) {
        PrependScheme scheme = json.has("prepend_scheme") ? named(json.get("prepend_scheme")) : ALWAYS;
        if (!json.bool("add_prefix_space", true) && scheme != NEVER) {
            throw new LanewiseException("add_prefix_space must be true unless prepend_scheme is never: %s".formatted(
                    json.path()));
        }
        return scheme;
    }

    private static PrependScheme named(Json json) {
        return switch (json.text()) {
            case "always" -> ALWAYS;
            case "first" -> FIRST;
            case "never" -> NEVER;
            default -> throw json.unknown(List.of("always", "first", "never"));
        };
    }
}
