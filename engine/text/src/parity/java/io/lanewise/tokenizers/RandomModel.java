package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.ByteAlphabet;

/** Models of the file format with random legal settings and small vocabularies, as values of JSON. */
final class RandomModel {

    private static final int MOST_WORDS = 60;
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCTHE0123456789.,!?'\"-_ ▁Ġéüßışжя你好あア한😀\u0301\n";

    private final RandomGenerator random;
    private final Map<String, Object> ids = new LinkedHashMap<>();

    RandomModel(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a model. */
    Map<String, Object> model() {
        for (String special : new String[]{"[UNK]", "[CLS]", "[SEP]", "<unk>", "<s>", "</s>", "[PAD]"}) {
            if (random.nextInt(4) > 0) {
                add(special);
            }
        }
        return switch (random.nextInt(7)) {
            case 0, 1 -> wordPiece();
            case 2, 3 -> bpe();
            case 4, 5 -> unigram();
            default -> wordLevel();
        };
    }

    /** Returns the vocabulary, once there is a model. */
    List<String> pieces() {
        return List.copyOf(ids.keySet());
    }

    // ---------------------------------------------------------------- pieces

    private void add(String piece) {
        ids.putIfAbsent(piece, ids.size());
    }

    private boolean sometimes() {
        return random.nextInt(3) == 0;
    }

    /** Returns a part of a word, as a pre-tokenizer may leave it. */
    private String word() {
        String word = Language.values()[random.nextInt(random.nextInt(3) == 0 ? Language.values().length : 2)]
                .word(random);
        word = switch (random.nextInt(8)) {
            case 0 -> "▁" + word;
            case 1 -> " " + word;
            case 2 -> bytes(" " + word);
            case 3 -> bytes(word);
            case 4 -> word.toLowerCase(java.util.Locale.ROOT);
            default -> word;
        };
        int length = word.codePointCount(0, word.length());
        int from = sometimes() ? random.nextInt(length) : 0;
        int to = from + 1 + random.nextInt(Math.min(8, length - from));
        return word.substring(word.offsetByCodePoints(0, from), word.offsetByCodePoints(0, to));
    }

    private static String bytes(String word) {
        AlignedText text = new AlignedText();
        text.load(word, 0, word.length());
        text.begin(0);
        int length = text.length();
        for (int i = 0; i < length; i++) {
            ByteAlphabet.append(text, i);
        }
        text.finish();
        return text.substring(0, text.length());
    }

    private void addCharacters(String prefix) {
        CHARACTERS.codePoints().forEach(character -> {
            if (random.nextInt(10) > 0) {
                add(Character.toString(character));
            }
            if (!prefix.isEmpty() && random.nextInt(10) > 0) {
                add(prefix + Character.toString(character));
            }
        });
    }

    // ---------------------------------------------------------------- models

    private Map<String, Object> wordPiece() {
        String prefix = sometimes() ? "@@" : random.nextInt(6) == 0 ? "" : "##";
        addCharacters(prefix);
        for (int i = random.nextInt(MOST_WORDS); i > 0; i--) {
            add((random.nextBoolean() ? prefix : "") + word());
        }
        return RandomComponents.typed("WordPiece", "unk_token", unknown(), "continuing_subword_prefix", prefix,
                "max_input_chars_per_word", sometimes() ? random.nextInt(6) : 100, "vocab", ids);
    }

    private String unknown() {
        return ids.containsKey("[UNK]") || random.nextBoolean() ? "[UNK]" : "<unk>";
    }

    private Map<String, Object> wordLevel() {
        addCharacters("");
        for (int i = 2 * random.nextInt(MOST_WORDS); i > 0; i--) {
            add(word());
        }
        return RandomComponents.typed("WordLevel", "vocab", ids, "unk_token", unknown());
    }

    private Map<String, Object> unigram() {
        addCharacters("");
        addBytes();
        for (int i = 2 * random.nextInt(MOST_WORDS); i > 0; i--) {
            add(word());
        }
        boolean tied = random.nextBoolean();
        List<Object> pieces = new ArrayList<>();
        for (String piece : ids.keySet()) {
            pieces.add(List.of(piece, tied ? -random.nextInt(4) / 2.0 : -20 * random.nextDouble()));
        }
        Map<String, Object> unigram = RandomComponents.typed("Unigram", "unk_id",
                random.nextInt(5) == 0 ? null : random.nextInt(pieces.size()), "vocab", pieces);
        if (random.nextBoolean()) {
            unigram.put("byte_fallback", random.nextBoolean());
        }
        return unigram;
    }

    /** Adds the tokens of bytes: all, most or none. */
    private void addBytes() {
        int kind = random.nextInt(3);
        for (int value = 0; value < 256 && kind > 0; value++) {
            if (kind == 1 || random.nextInt(20) > 0) {
                add("<0x%02X>".formatted(value));
            }
        }
    }

    private Map<String, Object> bpe() {
        String prefix = random.nextInt(5) == 0 ? "##" : "";
        String suffix = random.nextInt(5) == 0 ? "</w>" : "";
        addCharacters("");
        if (sometimes()) {
            for (int value = 0; value < 256; value++) {
                add(bytes(new String(new byte[]{(byte) value}, java.nio.charset.StandardCharsets.ISO_8859_1)));
            }
        }
        addBytes();
        List<String[]> merges = merges(prefix, suffix);
        boolean asPairs = random.nextBoolean() || merges.stream().anyMatch(merge -> (merge[0] + merge[1]).contains(" ")
                || merge[0].startsWith("#version"));
        Map<String, Object> bpe = RandomComponents.typed("BPE", "dropout", null, "unk_token",
                random.nextBoolean() ? null : unknown(), "continuing_subword_prefix", prefix.isEmpty() ? null : prefix,
                "end_of_word_suffix", suffix.isEmpty() ? null : suffix, "fuse_unk", random.nextBoolean());
        if (random.nextBoolean()) {
            bpe.put("byte_fallback", random.nextBoolean());
            bpe.put("ignore_merges", sometimes());
        }
        bpe.put("vocab", ids);
        bpe.put("merges", merges.stream().<Object>map(merge -> asPairs ? List.of(merge) : merge[0] + " " + merge[1])
                .toList());
        return bpe;
    }

    /** Makes merges by joining the symbols of words, as if they had been learned. */
    private List<String[]> merges(String prefix, String suffix) {
        List<String[]> merges = new ArrayList<>();
        for (int i = 2 * random.nextInt(MOST_WORDS); i > 0; i--) {
            List<String> symbols = symbols(word(), prefix, suffix);
            symbols.forEach(this::add);
            for (int joins = random.nextInt(4); joins > 0 && symbols.size() > 1; joins--) {
                int at = random.nextInt(symbols.size() - 1);
                String left = symbols.get(at);
                String right = symbols.remove(at + 1);
                String joined = left + right.substring(prefix.length());
                symbols.set(at, joined);
                add(joined);
                merges.add(new String[]{left, right});
            }
        }
        return merges;
    }

    private static List<String> symbols(String word, String prefix, String suffix) {
        List<String> symbols = new ArrayList<>();
        for (int at = 0; at < word.length(); at = word.offsetByCodePoints(at, 1)) {
            int end = word.offsetByCodePoints(at, 1);
            symbols.add((at == 0 ? "" : prefix) + word.substring(at, end) + (end == word.length() ? suffix : ""));
        }
        return symbols;
    }
}
