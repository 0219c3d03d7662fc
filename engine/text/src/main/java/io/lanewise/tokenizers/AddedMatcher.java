package io.lanewise.tokenizers;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import io.lanewise.LanewiseException;
import io.lanewise.json.Strings;
import io.lanewise.tokenizers.models.Trie;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.unicode.CodePoints;
import io.lanewise.tokenizers.unicode.WhiteSpace;

/**
 * Finds added tokens in a text: from the left, of those that begin at one place the longest. One that is found where it must not
 * stand is used up all the same. Immutable.
 */
final class AddedMatcher {

    private static final CodePoints WORD = CodePoints.named("word");
    private static final int ASCII = 0x80;

    private final Trie trie; // of contents, with the index of each
    private final boolean[] begins = new boolean[ASCII]; // whether a content begins with a character
    private final boolean beginsOutsideAscii;
    private final List<String> contents;
    private final AddedToken[] tokens;
    private final int[] ids;
    private final Set<String> specials; // contents that are special, whatever the token that counts for one says

    /** Where tokens were found, in order; made once and used again. */
    static final class Matches {
        int[] places = new int[3 * 8]; // id, from, to of each
        int count;

        private void add(int id, int from, int to) {
            if (3 * count == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[3 * count] = id;
            places[3 * count + 1] = from;
            places[3 * count++ + 2] = to;
        }

        int id(int match) {
            return places[3 * match];
        }

        int from(int match) {
            return places[3 * match + 1];
        }

        int to(int match) {
            return places[3 * match + 2];
        }
    }

    /**
     * Makes a matcher.
     *
     * @param contents what is looked for; of equal ones the first counts
     * @param tokens the token of each
     * @param ids the id of each
     * @param specials the contents of special tokens
     */
    AddedMatcher(List<String> contents, AddedToken[] tokens, int[] ids, Set<String> specials) {
        Strings strings = new Strings();
        int[] indices = new int[contents.size()];
        boolean outside = false;
        for (int i = contents.size() - 1; i >= 0; i--) { // of equal strings a trie keeps the last
            String content = contents.get(i);
            if (content.isEmpty()) {
                throw new LanewiseException("an added token must not be empty once it is normalized: content="
                        + LanewiseException.quote(tokens[i].content()));
            }
            indices[strings.add(content)] = i;
            outside |= content.charAt(0) >= ASCII;
            if (content.charAt(0) < ASCII) {
                begins[content.charAt(0)] = true;
            }
        }
        this.trie = Trie.of(strings, indices);
        this.beginsOutsideAscii = outside;
        this.tokens = tokens;
        this.ids = ids;
        this.specials = specials;
        this.contents = List.copyOf(contents);
    }

    /** Hands over what is looked for, and the token of each. */
    void forEach(BiConsumer<String, AddedToken> reader) {
        for (int i = 0; i < tokens.length; i++) {
            reader.accept(contents.get(i), tokens[i]);
        }
    }

    /**
     * Finds tokens.
     *
     * @param withoutSpecial whether special ones are plain text
     */
    void find(AlignedText text, boolean withoutSpecial, Matches matches) {
        matches.count = 0;
        int taken = 0; // up to here the text belongs to tokens
        int[] codePoints = text.codePoints();
        for (int i = 0; i < text.length();) {
            int codePoint = codePoints[i];
            boolean mayBegin = codePoint < ASCII ? begins[codePoint] : beginsOutsideAscii;
            int end = mayBegin ? end(codePoints, i, text.length()) : i;
            if (end > i) {
                taken = add(text, i, end, taken, withoutSpecial, matches);
                i = end;
            } else {
                i++;
            }
        }
    }

    private int end(int[] codePoints, int from, int length) {
        int node = Trie.ROOT;
        int end = from;
        for (int i = from; i < length; i++) {
            node = trie.next(node, codePoints[i]);
            if (node == Trie.NONE) {
                break;
            }
            end = trie.value(node) == Trie.NONE ? end : i + 1;
        }
        return end;
    }

    private int add(AlignedText text, int from, int end, int taken, boolean withoutSpecial, Matches matches) {
        int index = trie.find(text.codePoints(), from, end);
        AddedToken token = tokens[index];
        if (withoutSpecial && specials.contains(token.content())) {
            return taken;
        }
        boolean amidWord = token.singleWord() && (from > 0 && WORD.contains(text.at(from - 1))
                || end < text.length() && WORD.contains(text.at(end)));
        if (amidWord) {
            return taken;
        }
        int start = from;
        int stop = end;
        if (token.stripsLeft()) {
            while (start > 0 && WhiteSpace.is(text.at(start - 1))) {
                start--;
            }
            start = Math.max(start, taken);
        }
        while (token.stripsRight() && stop < text.length() && WhiteSpace.is(text.at(stop))) {
            stop++;
        }
        if (start < stop) { // nothing is left of one whose white space the one before has taken in
            matches.add(ids[index], start, stop);
        }
        return stop;
    }
}
