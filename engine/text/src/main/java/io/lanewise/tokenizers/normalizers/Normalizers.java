package io.lanewise.tokenizers.normalizers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.lanewise.json.Json;

/** The normalizers of the file format by their type. */
public final class Normalizers {

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
                    return read(member.getValue(), json);
                }
            }
        }
        return read(json.get("type").text(), json);
    }

    private static Normalizer read(String type, Json json) {
        return switch (type) {
            case "BertNormalizer" -> BertNormalizer.read(json);
            case "ByteLevel" -> new ByteLevel();
            case "Lowercase" -> new Lowercase();
            case "NFC", "NFD", "NFKC", "NFKD" -> UnicodeForm.named(type);
            case "Nmt" -> new Nmt();
            case "Precompiled" -> Precompiled.read(json);
            case "Prepend" -> Prepend.read(json);
            case "Replace" -> Replace.read(json);
            case "Sequence" -> Sequence.read(json);
            case "Strip" -> Strip.read(json);
            case "StripAccents" -> new StripAccents();
            default -> throw json.get("type").unknown(List.of("BertNormalizer", "ByteLevel", "Lowercase", "NFC", "NFD",
                    "NFKC", "NFKD", "Nmt", "Precompiled", "Prepend", "Replace", "Sequence", "Strip", "StripAccents"));
        };
    }
}
