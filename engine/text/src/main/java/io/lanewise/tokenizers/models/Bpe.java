package io.lanewise.tokenizers.models;

import io.lanewise.LanewiseException;
import io.lanewise.json.Entries;
import io.lanewise.json.Json;
import io.lanewise.json.Strings;
import io.lanewise.tokenizers.text.Utf8;

import static io.lanewise.LanewiseException.quote;

/**
 * Byte pair encoding: begins with single characters, and as long as two neighbours make a token, joins the pair that was learned
 * first, the leftmost of equals.
 *
 * @param unknown the id of the unknown token; {@link Trie#NONE} if the vocabulary lacks it
 * @param hasUnknown whether the file names an unknown token; if not, unknown characters vanish
 * @param prefix before a character that does not begin a word, or empty
 * @param suffix after the character that ends a word, or empty
 * @param fuseUnknown whether neighbouring unknown characters are one token
 * @param byteTokens by byte, the ids that an unknown character falls back to, or null
 * @param wholeWords whether a word that is in the vocabulary is taken as it is
 */
record Bpe(Vocabulary vocabulary, Merges merges, int unknown, boolean hasUnknown, String prefix, String suffix,
        boolean fuseUnknown, int[] byteTokens, boolean wholeWords) implements Model {

    static Bpe read(Json json) {
        refuseDropout(json.optional("dropout"));
        Vocabulary vocabulary = Vocabulary.named(json.get("vocab"));
        String prefix = orEmpty(json.textOrNull("continuing_subword_prefix"));
        String unknown = json.textOrNull("unk_token");
        return new Bpe(vocabulary, merges(json.get("merges"), vocabulary, prefix),
                unknown == null ? Trie.NONE : vocabulary.find(unknown), unknown != null, prefix,
                orEmpty(json.textOrNull("end_of_word_suffix")), json.bool("fuse_unk", false),
                json.bool("byte_fallback", false) ? ByteTokens.of(vocabulary) : null,
                json.bool("ignore_merges", false));
    }

    /** Makes byte-level BPE of a vocabulary and merges, without an unknown token. */
    static Bpe of(Vocabulary vocabulary, Strings lines) {
        Merges merges = new Merges(lines.count());
        int rank = 0;
        for (int i = 0; i < lines.count(); i++) {
            boolean none = lines.start(i) == lines.end(i) || lines.get(i).startsWith("#version");
            if (!none) {
                String[] parts = parts("merges", i, lines);
                put(merges, vocabulary, "", parts[0], parts[1], rank++);
            }
        }
        return new Bpe(vocabulary, merges, Trie.NONE, false, "", "", false, null, false);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static void refuseDropout(Json dropout) {
        boolean off = dropout.isNull() || dropout.value() instanceof Number number && number.doubleValue() == 0;
        if (!off) {
            throw new LanewiseException("dropout makes encodings random, which is for training alone: $.model.dropout="
                    + dropout.value());
        }
    }

    // ---------------------------------------------------------------- merges

    private static Merges merges(Json json, Vocabulary vocabulary, String prefix) {
        Entries entries = json.entries();
        if (entries.isObject()) {
            throw new LanewiseException(json.path() + " must be an array of strings or of pairs of strings");
        }
        Merges merges = new Merges(entries.count());
        int rank = 0;
        for (int i = 0; i < entries.count(); i++) {
            if (entries.isPairs()) {
                put(merges, vocabulary, prefix, entries.strings().get(2 * i), entries.strings().get(2 * i + 1), rank++);
            } else if (!entries.strings().get(i).startsWith("#version")) {
                String[] parts = parts(json.path(), i, entries.strings());
                put(merges, vocabulary, prefix, parts[0], parts[1], rank++);
            }
        }
        return merges;
    }

    private static String[] parts(String path, int i, Strings strings) {
        String line = strings.get(i);
        String[] parts = line.split(" ", -1);
        if (parts.length != 2) {
            throw new LanewiseException("a merge must be two tokens with a space between them: %s[%d]=%s".formatted(
                    path, i, quote(line)));
        }
        return parts;
    }

    /** Adds a merge; the right part loses the prefix as the reference has it: as many bytes. */
    static void put(Merges merges, Vocabulary vocabulary, String prefix, String left, String right, int rank) {
        int rest = prefix.isEmpty() ? 0 : unitsOf(right, prefix.codePoints().map(Utf8::count).sum());
        if (rest < 0) {
            throw new LanewiseException("the right part of a merge must be at least as long as the prefix: "
                    + "merge=%s, prefix=%s".formatted(quote(left + " " + right), quote(prefix)));
        }
        merges.put(find(vocabulary, left), find(vocabulary, right), rank,
                find(vocabulary, left + right.substring(rest)));
    }

    /** Returns the UTF-16 units that begin a string and are so many bytes of UTF-8, or −1 if there are no such. */
    private static int unitsOf(String text, int bytes) {
        int units = 0;
        int left = bytes;
        while (left > 0 && units < text.length()) {
            int codePoint = text.codePointAt(units);
            units += Character.charCount(codePoint);
            left -= Utf8.count(codePoint);
        }
        return left == 0 ? units : -1;
    }

    private static int find(Vocabulary vocabulary, String token) {
        int id = vocabulary.find(token);
        if (id == Trie.NONE) {
            throw new LanewiseException("a merge must be of tokens of the vocabulary: missing " + quote(token));
        }
        return id;
    }

    @Override
    public Segmenter newSegmenter() {
        return new BpeWord(this);
    }
}
