package io.lanewise.tokenizers;

import java.util.random.RandomGenerator;

/** Code points of all sorts, but no surrogates. */
final class RandomCharacters {

    private static final int[] SPACES = {'\t', '\n', 0x0B, '\f', '\r', ' ', 0x85, 0xA0, 0x1680, 0x180E, 0x2000, 0x2003,
            0x2007, 0x2009, 0x200A, 0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF, 0x1C, 0x1F};
    private static final int[] CONTROLS = {0, 1, 7, 8, 0x0E, 0x1B, 0x7F, 0x80, 0x85, 0x9F, 0xAD, 0x600, 0x61C, 0x200B,
            0x200C, 0x200D, 0x200E, 0x202E, 0x2066, 0xFEFF, 0xFFF9, 0xFFFD, 0xFFFF, 0xE000, 0xE0001, 0xE0041, 0xF0000,
            0x10FFFF};
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡§«»¿‐–—‘’“”„…‹›€£¥©®°±×÷、。「」・！？：；（）،؛؟।॥";
    private static final int BLOCK = 128;

    private RandomCharacters() {}

    /** Returns any code point: half of them of the first plane, where most scripts are, few of ASCII. */
    static int any(RandomGenerator random) {
        int codePoint = switch (random.nextInt(8)) {
            case 0 -> random.nextInt(0x80);
            case 1, 2 -> random.nextInt(0x3000);
            case 3, 4 -> random.nextInt(0x10000);
            case 5 -> 0x10000 + random.nextInt(0x10000);
            case 6 -> 0x1F000 + random.nextInt(0xC00); // pictures
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
        };
        return whole(codePoint);
    }

    private static int whole(int codePoint) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return half ? codePoint - 0x1000 : codePoint;
    }

    /** Returns a code point of the neighbourhood of another. */
    static int near(RandomGenerator random, int codePoint) {
        return whole(codePoint / BLOCK * BLOCK + random.nextInt(BLOCK));
    }

    /** Returns white space, or what looks like it. */
    static int space(RandomGenerator random) {
        return SPACES[random.nextInt(SPACES.length)];
    }

    /** Returns a control or format character, or a code point for private use or none at all. */
    static int control(RandomGenerator random) {
        return CONTROLS[random.nextInt(CONTROLS.length)];
    }

    /** Returns a punctuation mark or a symbol. */
    static int punctuation(RandomGenerator random) {
        return PUNCTUATION.charAt(random.nextInt(PUNCTUATION.length()));
    }

    /** Returns a combining mark. */
    static int mark(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0x0591 + random.nextInt(0x2D);
            case 1 -> 0x064B + random.nextInt(0x15);
            case 2 -> 0x093C + random.nextInt(0x12);
            case 3 -> 0x20D0 + random.nextInt(0x21);
            case 4 -> 0xFE00 + random.nextInt(0x30);
            default -> 0x0300 + random.nextInt(0x70);
        };
    }
}
