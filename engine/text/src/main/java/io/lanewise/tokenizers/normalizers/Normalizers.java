package io.lanewise.tokenizers.normalizers;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.lanewise.json.Json;

/** The normalizers of the file format by their type. */
public final class Normalizers {

    private static final Map<String, Function<Json, Normalizer>> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("BertNormalizer", BertNormalizer::read),
            Map.entry("ByteLevel", _ -> new ByteLevel()),
            Map.entry("Lowercase", _ -> new Lowercase()),
            Map.entry("NFC", _ -> UnicodeForm.named("NFC")),
            Map.entry("NFD", _ -> UnicodeForm.named("NFD")),
            Map.entry("NFKC", _ -> UnicodeForm.named("NFKC")),
            Map.entry("NFKD", _ -> UnicodeForm.named("NFKD")),
            Map.entry("Nmt", _ -> new Nmt()),
            Map.entry("Precompiled", Precompiled::read),
            Map.entry("Prepend", Prepend::read),
            Map.entry("Replace", Replace::read),
            Map.entry("Sequence", Sequence::read),
            Map.entry("Strip", Strip::read),
            Map.entry("StripAccents", _ -> new StripAccents())));

    /** By a member that no other has, the type of a normalizer whose file is older than types. */
    private static final Map<String, String> UNTYPED = Map.of("handle_chinese_chars", "BertNormalizer", "strip_left",
            "Strip", "precompiled_charsmap", "Precompiled", "normalizers", "Sequence", "pattern", "Replace", "prepend",
            "Prepend");

    private Normalizers() {}

    /** Reads a normalizer. */
    public static Normalizer read(Json json) {
        if (!json.members().containsKey("type")) {
            for (Map.Entry<String, String> member : new TreeMap<>(UNTYPED).entrySet()) {
                if (json.has(member.getKey())) {
                    return TYPES.get(member.getValue()).apply(json);
                }
            }
        }
        Function<Json, Normalizer> type = TYPES.get(json.get("type").text());
        if (type == null) {
            throw json.get("type").unknown(TYPES.keySet());
        }
        return type.apply(json);
    }
}
