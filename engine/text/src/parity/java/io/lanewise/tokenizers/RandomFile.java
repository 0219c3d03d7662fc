package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A {@code tokenizer.json} by number: random components, each as the format allows it. Depends on the seed and its number. */
final class RandomFile {

    private static final String[] ADDED = {"[CLS]", "[SEP]", "[MASK]", "<mask>", "<s>", "</s>", "<unk>", "[UNK]", "the",
            "th", "a", "Ab", " the", "the ", "<|im_start|>", "<|im", "  ", "\n", "é", "É", "ﬁ", "😀", "naïve", "x y",
            "STRASSE", "中", "안", "\u0301", "a\u0301", "...", "▁the", "Ġ", "0"};

    private final RandomGenerator random;
    private final RandomModel models;
    private final Map<String, Object> file = new LinkedHashMap<>();
    private final Map<String, Object> model;

    RandomFile(long seed, int number) {
        random = new SplittableRandom(seed << Integer.SIZE ^ number);
        models = new RandomModel(random);
        model = models.model();
    }

    /** Returns the file's text. */
    String text() {
        RandomComponents components = new RandomComponents(random);
        file.put("version", "1.0");
        file.put("truncation", random.nextInt(3) == 0 ? truncation() : null);
        file.put("padding", random.nextInt(3) == 0 ? padding() : null);
        file.put("added_tokens", added());
        file.put("normalizer", components.normalizer());
        file.put("pre_tokenizer", components.preTokenizer());
        file.put("post_processor", random.nextInt(4) == 0 ? null : processor());
        file.put("decoder", components.decoder());
        file.put("model", model);
        StringBuilder text = new StringBuilder();
        JsonText.write(file, text);
        return text.toString();
    }

    /** Returns all but the vocabulary, for people to read. */
    String settings() {
        Map<String, Object> settings = new LinkedHashMap<>(file);
        Map<String, Object> modelSettings = new LinkedHashMap<>(model);
        modelSettings.keySet().removeAll(List.of("vocab", "merges"));
        settings.put("model", modelSettings);
        return settings.toString().replaceAll("AAQAAAAEAAAA[A-Za-z0-9+/=]*", "…");
    }

    /** Says whether spans are compared: those of bytes that a character with a prefix or suffix falls back to are odd there. */
    boolean hasSpans() {
        boolean marks = model.get("continuing_subword_prefix") != null || model.get("end_of_word_suffix") != null;
        return !(marks && Boolean.TRUE.equals(model.get("byte_fallback")));
    }

    private boolean hasSeveralProcessors() {
        return file.get("post_processor") instanceof Map<?, ?> processor && processor.get("type").equals("Sequence");
    }

    /** Says whether the reference loses spans of pairs: of those that are cut, and behind a sequence of post-processors. */
    boolean losesSpansOfPairs() {
        return file.get("truncation") != null || hasSeveralProcessors();
    }

    private Map<String, Object> truncation() {
        Map<String, Object> truncation = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            truncation.put("direction", random.nextBoolean() ? "Left" : "Right");
        }
        truncation.put("max_length", random.nextInt(24));
        truncation.put("strategy", one("LongestFirst", "LongestFirst", "OnlyFirst", "OnlySecond"));
        truncation.put("stride", random.nextInt(5));
        return truncation;
    }

    private Map<String, Object> padding() {
        Map<String, Object> padding = new LinkedHashMap<>();
        padding.put("strategy", random.nextBoolean() ? "BatchLongest" : Map.of("Fixed", random.nextInt(30)));
        padding.put("direction", random.nextBoolean() ? "Left" : "Right");
        padding.put("pad_to_multiple_of", random.nextBoolean() ? null : 1 + random.nextInt(9));
        padding.put("pad_id", random.nextInt(9));
        padding.put("pad_type_id", random.nextInt(3));
        padding.put("pad_token", "[PAD]");
        return padding;
    }

    private List<Object> added() {
        List<Object> tokens = new ArrayList<>();
        for (int i = random.nextInt(7); i > 0; i--) {
            Map<String, Object> token = new LinkedHashMap<>();
            token.put("id", random.nextInt(500));
            token.put("content", random.nextInt(4) == 0 ? one(models.pieces().toArray(String[]::new)) : one(ADDED));
            token.put("single_word", random.nextInt(3) == 0);
            token.put("lstrip", random.nextInt(3) == 0);
            token.put("rstrip", random.nextInt(3) == 0);
            token.put("normalized", random.nextBoolean());
            token.put("special", random.nextBoolean());
            tokens.add(token);
        }
        return tokens;
    }

    // ---------------------------------------------------------------- post-processors

    private Map<String, Object> processor() {
        if (random.nextInt(4) > 0) {
            return plainProcessor();
        }
        List<Object> steps = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            steps.add(byteLevel());
        }
        Map<String, Object> plain = plainProcessor();
        boolean isLast = !plain.get("type").equals("TemplateProcessing"); // then the reference counts first tokens otherwise
        steps.add(isLast ? steps.size() : random.nextInt(steps.size() + 1), plain);
        return RandomComponents.typed("Sequence", "processors", steps);
    }

    private Map<String, Object> plainProcessor() {
        return switch (random.nextInt(6)) {
            case 0 -> RandomComponents.typed("BertProcessing", "sep", List.of("[SEP]", random.nextInt(20)), "cls",
                    List.of("[CLS]", random.nextInt(20)));
            case 1 -> RandomComponents.typed("RobertaProcessing", "sep", List.of("</s>", random.nextInt(20)), "cls",
                    List.of("<s>", random.nextInt(20)), "trim_offsets", random.nextBoolean(), "add_prefix_space",
                    random.nextBoolean());
            case 2 -> byteLevel();
            default -> template();
        };
    }

    private Map<String, Object> byteLevel() {
        return RandomComponents.typed("ByteLevel", "add_prefix_space", random.nextBoolean(), "trim_offsets",
                random.nextBoolean(), "use_regex", random.nextBoolean());
    }

    private Map<String, Object> template() {
        Map<String, Object> specials = new LinkedHashMap<>();
        for (String name : List.of("[CLS]", "[SEP]", "x")) {
            List<Object> ids = new ArrayList<>(List.of(random.nextInt(20)));
            List<Object> tokens = new ArrayList<>(List.of(name));
            if (random.nextInt(5) == 0) {
                ids.add(random.nextInt(20));
                tokens.add("y");
            }
            specials.put(name, Map.of("id", name, "ids", ids, "tokens", tokens));
        }
        return RandomComponents.typed("TemplateProcessing", "single", template("A"), "pair",
                random.nextInt(4) == 0 ? template("B", "A") : template("A", "B"), "special_tokens", specials);
    }

    private List<Object> template(String... texts) {
        List<Object> parts = new ArrayList<>();
        for (String text : texts) {
            addSpecials(parts);
            parts.add(Map.of("Sequence", Map.of("id", text, "type_id", random.nextInt(3))));
        }
        addSpecials(parts);
        return parts;
    }

    private void addSpecials(List<Object> parts) {
        for (int i = random.nextInt(3); i > 0; i--) {
            parts.add(Map.of("SpecialToken", Map.of("id", one("[CLS]", "[SEP]", "x"), "type_id", random.nextInt(3))));
        }
    }

    private String one(String... strings) {
        return strings[random.nextInt(strings.length)];
    }
}
