package io.lanewise.tokenizers;

import java.util.random.RandomGenerator;

/** What stands in texts beside words. */
final class Oddities {

    private static final String[] EMOJI = {"😀", "😱", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇺🇸🇫", "1️⃣", "❤️",
            "❤", "☕︎",
            "👨🏻‍💻", "🧑‍🚀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫠", "🪿", "©️", "™"};
    private static final String[] NUMBERS = {"0", "42", "3.14", "1,000,000", "-7", "1e-10", "0xFF", "$9.99", "£5",
            "50%", "2026-11-26", "12:34:56", "+49 30 123456", "1st", "IPv6", "v1.2.3-rc4", "1234567890123", "٤٢", "४२"};
    private static final String[] ADDRESSES = {"https://example.com/a_b/c?d=e&f=%20#g", "www.foo.co.uk",
            "user.name+tag@example.org", "C:\\dir\\file.txt", "/usr/local/bin", "@handle", "#hashtag",
            "ftp://[::1]:21"};
    private static final String[] CODE = {"int[] a = {1, 2};", "foo(bar, \"baz\");", "if (x != y) {\n    return;\n}",
            "</div><br/>", "def f(x):\n\treturn x**2\r\n", "a->b::c<T>&&", "$HOME/${x}", "\\n\\u00e9",
            "SELECT * FROM t;",
            "x += 1; // why", "{{name}}", "<|im_start|>user\n", "```java\n"};
    private static final String[] CONTRACTIONS = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'RE", "'LL",
            "'Ve", "’s", "''", "``", "'ſ", "'\u017F", " 'there", "'é", "n't", "'ll'", "'r", "'v", "'l"};
    private static final String[] SPECIALS = {"[CLS]", "[SEP]", "[UNK]", "[MASK]", "[PAD]", "[[MASK]", "<s>", "</s>",
            "<unk>", "<mask>", "<pad>", "<bos>", "<eos>", "<|endoftext|>", "<|im_end|>", "<0x41>", "▁", "Ġ", "##ing",
            " <mask> ", "<mask>\n", "[MASK", "</s", "<|endoftext"};

    private Oddities() {}

    static String emoji(RandomGenerator random) {
        return one(random, EMOJI);
    }

    static String number(RandomGenerator random) {
        return random.nextInt(3) == 0 ? Long.toString(random.nextLong() >>> random.nextInt(64)) : one(random, NUMBERS);
    }

    static String address(RandomGenerator random) {
        return one(random, ADDRESSES);
    }

    static String code(RandomGenerator random) {
        return one(random, CODE);
    }

    static String contraction(RandomGenerator random) {
        return one(random, CONTRACTIONS);
    }

    static String special(RandomGenerator random) {
        return one(random, SPECIALS);
    }

    private static String one(RandomGenerator random, String... strings) {
        return strings[random.nextInt(strings.length)];
    }

    /** Returns white space of all sorts. */
    static String spaces(RandomGenerator random) {
        StringBuilder spaces = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            spaces.appendCodePoint(random.nextBoolean() ? ' ' : RandomCharacters.space(random));
        }
        return spaces.toString();
    }

    /** Returns letters with marks in any order. */
    static String marked(RandomGenerator random) {
        StringBuilder marked = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            marked.appendCodePoint("aeiouAEIOUszcnüșǭかは한".codePointAt(random.nextInt(20)));
            for (int marks = random.nextInt(4); marks > 0; marks--) {
                marked.appendCodePoint(RandomCharacters.mark(random));
            }
        }
        return marked.toString();
    }

    /** Returns syllables, or the jamo that they are made of, whole or not. */
    static String hangul(RandomGenerator random) {
        StringBuilder hangul = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            hangul.appendCodePoint(switch (random.nextInt(4)) {
                case 0 -> 0x1100 + random.nextInt(0x16);
                case 1 -> 0x1160 + random.nextInt(0x18);
                case 2 -> 0x11A6 + random.nextInt(0x20);
                default -> 0xAC00 + random.nextInt(11172);
            });
        }
        return hangul.toString();
    }
}
