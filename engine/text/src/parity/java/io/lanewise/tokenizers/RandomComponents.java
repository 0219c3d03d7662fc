package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.lanewise.json.JsonFile;

/** Normalizers, pre-tokenizers and decoders of the file format with random legal settings, as values of JSON. */
final class RandomComponents {

    /** Expressions that files of known models have, and small ones. */
    private static final String[] REGEXES = {"\\s+", "[0-9]+", "\\p{L}+", "'s|'t", "\\w+|[^\\w\\s]", " {2,}", "[aeiou]",
            "\\p{N}{1,3}", "[\\r\\n]", "\\s+$", "[0-9][0-9][0-9]", "\\p{N}", "(?=[A-Z])", "x*", "^the", "[^\\p{L}]+?",
            "[一-龥\\u3040-ゟ゠-ヿ]+", " ?[^(\\s|[.,!?…。，、।۔،])]+", "\\s?[!-/:-~！-／：-～‘-‟　-。]+",
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+"
                    + "|\\s+(?!\\S)|\\s+",
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                    + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"};
    private static final Set<String> EMPTY = Set.of("(?=[A-Z])", "x*");
    private static final String[] STRINGS = {" ", "  ", "a", "the", "``", "''", "\n", "é", "▁", ".", "ab", "😀", "ss"};
    private static final String[] CONTENTS = {"", " ", "▁", "\"", "a", "ab", "é", "  ", "x y"};
    private static final String[] BEHAVIORS = {"Removed", "Isolated", "MergedWithPrevious", "MergedWithNext",
            "Contiguous"};
    /** Keys that begin others, empty and long replacements. */
    private static final String MAP = JsonFile.settings(GoldenTokens.file("ug-precompiled-tiny")).get("normalizer")
            .get("normalizers").list().getFirst().get("precompiled_charsmap").text();

    private final RandomGenerator random;

    RandomComponents(RandomGenerator random) {
        this.random = random;
    }

    // ---------------------------------------------------------------- normalizers

    /** Returns a normalizer, or null. */
    Map<String, Object> normalizer() {
        return random.nextInt(4) == 0 ? null : normalizer(0);
    }

    private Map<String, Object> normalizer(int depth) {
        if (random.nextInt(depth == 0 ? 2 : 8) == 0 && depth < 3) {
            return typed("Sequence", "normalizers", several(() -> normalizer(depth + 1)));
        }
        return switch (random.nextInt(13)) {
            case 0, 1 -> bert();
            case 2 -> typed(one("NFC", "NFD", "NFKC", "NFKD"));
            case 3 -> typed("Lowercase");
            case 4 -> typed("Strip", "strip_left", random.nextBoolean(), "strip_right", random.nextBoolean());
            case 5 -> typed("StripAccents");
            case 6, 7 -> typed("Replace", "pattern", wholePattern(), "content", one(CONTENTS));
            case 8 -> typed("Prepend", "prepend", one("▁", " ", "ab", "é "));
            case 9 -> typed("Nmt");
            case 10, 11 -> typed("Precompiled", "precompiled_charsmap", MAP);
            default -> random.nextInt(3) == 0 ? typed("ByteLevel") : typed("Lowercase");
        };
    }

    private Map<String, Object> bert() {
        Map<String, Object> bert = typed("BertNormalizer", "clean_text", random.nextBoolean(), "handle_chinese_chars",
                random.nextBoolean(), "lowercase", random.nextBoolean());
        bert.put("strip_accents", random.nextBoolean() ? null : random.nextBoolean());
        return bert;
    }

    // ---------------------------------------------------------------- pre-tokenizers

    /** Returns a pre-tokenizer, or null. */
    Map<String, Object> preTokenizer() {
        return random.nextInt(8) == 0 ? null : preTokenizer(0);
    }

    private Map<String, Object> preTokenizer(int depth) {
        if (random.nextInt(depth == 0 ? 2 : 8) == 0 && depth < 3) {
            return typed("Sequence", "pretokenizers", several(() -> preTokenizer(depth + 1)));
        }
        return switch (random.nextInt(14)) {
            case 0 -> typed("BertPreTokenizer");
            case 1, 2 -> byteLevel();
            case 3 -> typed("CharDelimiterSplit", "delimiter", one(" ", "a", ".", "▁", "Ġ"));
            case 4 -> typed("Digits", "individual_digits", random.nextBoolean());
            case 5, 6 -> metaspace();
            case 7 -> typed("Punctuation", "behavior", one(BEHAVIORS));
            case 8, 9, 10 -> typed("Split", "pattern", pattern(), "behavior", one(BEHAVIORS), "invert",
                    random.nextInt(3) == 0);
            case 11 -> typed("UnicodeScripts");
            case 12 -> typed("Whitespace");
            default -> typed("WhitespaceSplit");
        };
    }

    private Map<String, Object> byteLevel() {
        return typed("ByteLevel", "add_prefix_space", random.nextBoolean(), "trim_offsets", random.nextBoolean(),
                "use_regex", random.nextInt(3) > 0);
    }

    private Map<String, Object> metaspace() {
        Map<String, Object> metaspace = typed("Metaspace", "replacement", one("▁", "▁", "_", "é"));
        if (random.nextInt(3) == 0) {
            metaspace.put("add_prefix_space", true);
        } else {
            metaspace.put("prepend_scheme", one("always", "first", "never"));
            metaspace.put("split", random.nextBoolean());
        }
        return metaspace;
    }

    // ---------------------------------------------------------------- decoders

    /** Returns a decoder, or null. */
    Map<String, Object> decoder() {
        return random.nextInt(5) == 0 ? null : decoder(0);
    }

    private Map<String, Object> decoder(int depth) {
        if (random.nextInt(depth == 0 ? 2 : 8) == 0 && depth < 3) {
            return typed("Sequence", "decoders", several(() -> decoder(depth + 1)));
        }
        return switch (random.nextInt(10)) {
            case 0 -> typed("BPEDecoder", "suffix", one("</w>", "e", "Ġ"));
            case 1 -> typed("ByteFallback");
            case 2, 3 -> byteLevel();
            case 4 -> typed("CTC", "pad_token", one("<pad>", "a", "[PAD]"), "word_delimiter_token", one("|", "t", "▁"),
                    "cleanup", random.nextBoolean());
            case 5 -> typed("Fuse");
            case 6 -> metaspace();
            case 7 -> typed("Replace", "pattern", pattern(), "content", one(CONTENTS));
            // what stops ends the reference where a token is shorter
            case 8 -> typed("Strip", "content", one(" ", "▁", "a"), "start", random.nextInt(3), "stop", 0);
            default -> typed("WordPiece", "prefix", one("##", "@@"), "cleanup", random.nextBoolean());
        };
    }

    // ---------------------------------------------------------------- parts of these

    private Map<String, Object> pattern() {
        return random.nextBoolean() ? Map.of("String", one(STRINGS)) : Map.of("Regex", one(REGEXES));
    }

    /** What matches nothing damages a text of the reference's, up to the end of the process. */
    private Map<String, Object> wholePattern() {
        Map<String, Object> pattern = pattern();
        while (EMPTY.contains(pattern.getOrDefault("Regex", "."))) {
            pattern = pattern();
        }
        return pattern;
    }

    private List<Object> several(Supplier<Object> component) {
        List<Object> components = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            components.add(component.get());
        }
        return components;
    }

    private String one(String... strings) {
        return strings[random.nextInt(strings.length)];
    }

    /** Returns an object with a type and further members, names and values by turns. */
    static Map<String, Object> typed(String type, Object... members) {
        Map<String, Object> object = new LinkedHashMap<>(Map.of("type", type));
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }
}
