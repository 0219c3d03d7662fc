package io.lanewise.tokenizers;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Texts by number: half of them as people write them, the others what no one would. Each depends on the seed, on its number and
 * on the vocabulary alone, so that one of a million can be had again. None has half of a surrogate pair, which the reference
 * cannot be given.
 */
final class RandomTexts {

    private static final int MOST_WORDS = 24;

    private final long seed;
    private final List<String> pieces; // of the vocabulary, and what they stand for
    private final List<String> added;

    RandomTexts(long seed) {
        this(seed, List.of(), List.of());
    }

    private RandomTexts(long seed, List<String> pieces, List<String> added) {
        this.seed = seed;
        this.pieces = pieces;
        this.added = added;
    }

    /** Returns texts that have a tokenizer's own pieces and added tokens in them, too. */
    RandomTexts with(Tokenizer tokenizer) {
        List<String> ownPieces = new ArrayList<>();
        List<String> ownAdded = new ArrayList<>();
        for (int id = 0; id < tokenizer.idEnd(); id++) {
            if (tokenizer.piece(id) != null) {
                (tokenizer.isAdded(id) ? ownAdded : ownPieces).add(tokenizer.piece(id));
            }
        }
        return new RandomTexts(seed, ownPieces, ownAdded);
    }

    /** Returns a text. */
    String text(int number) {
        RandomGenerator random = new SplittableRandom(seed << Integer.SIZE ^ number);
        StringBuilder text = new StringBuilder();
        int kind = random.nextInt(100);
        if (kind < 45) {
            sentence(random, text);
        } else if (kind < 65) {
            mixture(random, text);
        } else if (kind < 80) {
            repeat(random, 30, () -> text.appendCodePoint(RandomCharacters.any(random)));
        } else if (kind < 90) {
            int[] blocks = {RandomCharacters.any(random), RandomCharacters.any(random)};
            repeat(random, 30, () -> text.appendCodePoint(RandomCharacters.near(random, blocks[random.nextInt(2)])));
        } else if (kind < 98) {
            repeat(random, 12, () -> text.append(piece(random)));
        } else {
            longWord(random, text);
        }
        return changed(random, text.toString());
    }

    private static void repeat(RandomGenerator random, int most, Runnable append) {
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            append.run();
        }
    }

    // ---------------------------------------------------------------- kinds

    private void sentence(RandomGenerator random, StringBuilder text) {
        Language language = Language.values()[random.nextInt(Language.values().length)];
        int words = 1 + random.nextInt(MOST_WORDS);
        for (int i = 0; i < words; i++) {
            String word = random.nextInt(25) == 0 ? atom(random) : language.word(random);
            text.append(i == 0 && random.nextBoolean() ? capital(word) : word);
            if (random.nextInt(8) == 0) {
                text.append(language.mark(random));
            }
            text.append(i < words - 1 ? language.gap() : random.nextBoolean() ? language.end() : "");
        }
    }

    private static String capital(String word) {
        int first = word.isEmpty() ? 0 : Character.charCount(word.codePointAt(0));
        return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
    }

    private void mixture(RandomGenerator random, StringBuilder text) {
        repeat(random, 14, () -> {
            text.append(atom(random));
            text.append(switch (random.nextInt(6)) {
                case 0 -> "";
                case 1 -> Character.toString(RandomCharacters.space(random));
                case 2 -> Character.toString(RandomCharacters.punctuation(random));
                default -> " ";
            });
        });
    }

    /** Returns something that a tokenizer may take as one. */
    private String atom(RandomGenerator random) {
        return switch (random.nextInt(13)) {
            case 0 -> Language.values()[random.nextInt(Language.values().length)].word(random);
            case 1 -> Oddities.emoji(random);
            case 2 -> Oddities.number(random);
            case 3 -> Oddities.address(random);
            case 4 -> Oddities.code(random);
            case 5 -> Oddities.spaces(random);
            case 6 -> Oddities.marked(random);
            case 7 -> Oddities.hangul(random);
            case 8 -> Oddities.contraction(random);
            case 9 -> special(random);
            case 10 -> piece(random);
            case 11 -> Character.toString(RandomCharacters.control(random));
            default -> Character.toString(RandomCharacters.any(random));
        };
    }

    private String special(RandomGenerator random) {
        String token = added.isEmpty() || random.nextInt(4) == 0
                ? Oddities.special(random)
                : added.get(random.nextInt(added.size()));
        return random.nextInt(8) == 0 ? token.toLowerCase(Locale.ROOT) : token;
    }

    private String piece(RandomGenerator random) {
        if (pieces.isEmpty()) {
            return "";
        }
        String piece = pieces.get(random.nextInt(pieces.size()));
        return random.nextInt(4) == 0 ? piece : piece.replace("##", "").replace('Ġ', ' ').replace('▁', ' ');
    }

    private void longWord(RandomGenerator random, StringBuilder text) {
        String part = atom(random).strip();
        int times = 1 + random.nextInt(400 / Math.max(1, part.length()) + 1);
        text.append(random.nextBoolean() ? "" : "so ").repeat(part, times).append(random.nextBoolean() ? " it" : "");
    }

    // ---------------------------------------------------------------- changes

    private static String changed(RandomGenerator random, String text) {
        return switch (random.nextInt(24)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case 2 -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case 3 -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case 4 -> " ".repeat(random.nextInt(4)) + text + " ".repeat(random.nextInt(4));
            case 5 -> text.replace(' ', (char) RandomCharacters.space(random));
            case 6 -> inserted(random, text, RandomCharacters.mark(random));
            case 7 -> inserted(random, text, RandomCharacters.control(random));
            default -> text;
        };
    }

    private static String inserted(RandomGenerator random, String text, int codePoint) {
        int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
        return text.substring(0, at) + Character.toString(codePoint) + text.substring(at);
    }
}
