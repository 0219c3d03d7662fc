package io.lanewise.tokenizers.models;

import java.util.Arrays;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Tokens;
import io.lanewise.tokenizers.text.Utf8;

/**
 * One word at work under {@link Bpe}: its symbols, which are joined until no pair of neighbours is left that the merges know.
 *
 * <p>A short word is searched for the best pair each time: the fastest there is for some dozens of symbols. A long one
 * keeps its pairs in order ({@link PairQueue}), and is worked on part by part ({@link LongWord}).
 */
final class BpeWord implements Segmenter {

    private static final int MOST_SHORT = 48;
    private static final int FIRST_CAPACITY = 64;

    private final Bpe model;
    private final LongWord longWord;
    private final int suffixLength;
    private int[] ids = new int[FIRST_CAPACITY]; // by symbol
    private int[] bytes = new int[FIRST_CAPACITY]; // of UTF-8, by symbol
    private int[] ranks = new int[FIRST_CAPACITY]; // by symbol, of the pair with the next one
    private int count;
    private int unknownBytes; // of unknown characters that have no symbol yet

    BpeWord(Bpe model) {
        this.model = model;
        this.longWord = new LongWord(model.merges());
        this.suffixLength = model.suffix().length();
    }

    @Override
    public void segment(AlignedText text, int from, int to, Tokens tokens) {
        if (model.wholeWords()) {
            int id = model.vocabulary().trie().find(text.codePoints(), from, to);
            if (id != Trie.NONE) {
                tokens.add(id, text.start(from), text.end(to - 1));
                return;
            }
        }
        begin(text, from, to);
        if (count <= MOST_SHORT) {
            mergeShort();
        } else {
            count = longWord.merge(ids, bytes, count);
        }
        addTokens(text, from, to, tokens);
    }

    // ---------------------------------------------------------------- symbols

    private void begin(AlignedText text, int from, int to) {
        count = 0;
        unknownBytes = 0;
        boolean plain = model.prefix().isEmpty() && suffixLength == 0;
        for (int i = from; i < to; i++) {
            int codePoint = text.at(i);
            int id = plain ? single(codePoint) : marked(codePoint, i == from, i == to - 1);
            if (id != Trie.NONE) {
                addPendingUnknown();
                add(id, Utf8.count(codePoint));
            } else if (!addBytes(codePoint, i == from, i == to - 1) && model.hasUnknown()) {
                addUnknown(codePoint);
            }
        }
        addPendingUnknown();
    }

    private int single(int codePoint) {
        int node = model.vocabulary().trie().next(Trie.ROOT, codePoint);
        return node == Trie.NONE ? Trie.NONE : model.vocabulary().trie().value(node);
    }

    /** Looks for a character with the prefix of those inside a word and the suffix of the last one. */
    private int marked(int codePoint, boolean first, boolean last) {
        Trie trie = model.vocabulary().trie();
        int node = first ? Trie.ROOT : trie.walk(Trie.ROOT, model.prefix());
        node = node == Trie.NONE ? node : trie.next(node, codePoint);
        node = node == Trie.NONE || !last ? node : trie.walk(node, model.suffix());
        return node == Trie.NONE ? Trie.NONE : trie.value(node);
    }

    /**
     * Adds a character's bytes, those of the prefix and suffix that it has been given among them. An unknown character that waits
     * to be joined with others stays where it is, behind the bytes: so does the reference.
     */
    private boolean addBytes(int codePoint, boolean first, boolean last) {
        int[] byteTokens = model.byteTokens();
        boolean covered = byteTokens != null && ByteTokens.cover(byteTokens, codePoint)
                && (first || cover(model.prefix())) && (!last || cover(model.suffix()));
        if (!covered) {
            return false;
        }
        if (!first) {
            addBytes(model.prefix());
        }
        addBytes(codePoint);
        if (last) {
            addBytes(model.suffix());
        }
        return true;
    }

    private boolean cover(String mark) {
        for (int i = 0; i < mark.length(); i += Character.charCount(mark.codePointAt(i))) {
            if (!ByteTokens.cover(model.byteTokens(), mark.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void addBytes(String mark) {
        for (int i = 0; i < mark.length(); i += Character.charCount(mark.codePointAt(i))) {
            addBytes(mark.codePointAt(i));
        }
    }

    private void addBytes(int codePoint) {
        for (int i = 0; i < Utf8.count(codePoint); i++) {
            add(model.byteTokens()[Utf8.get(codePoint, i)], 1);
        }
    }

    private void addUnknown(int codePoint) {
        if (model.unknown() == Trie.NONE) {
            throw new LanewiseException("a character is unknown and the vocabulary lacks the unknown token: character="
                    + LanewiseException.quote(Character.toString(codePoint)));
        }
        if (!model.fuseUnknown()) {
            addPendingUnknown();
        }
        unknownBytes += Utf8.count(codePoint);
    }

    private void addPendingUnknown() {
        if (unknownBytes > 0) {
            add(model.unknown(), unknownBytes);
            unknownBytes = 0;
        }
    }

    private void add(int id, int byteCount) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            bytes = Arrays.copyOf(bytes, 2 * count);
        }
        ids[count] = id;
        bytes[count++] = byteCount;
    }

    // ---------------------------------------------------------------- merging

    private void mergeShort() {
        for (int i = 0; i + 1 < count; i++) {
            ranks[i] = model.merges().rank(ids[i], ids[i + 1]);
        }
        int best = best();
        while (best >= 0) {
            ids[best] = model.merges().token(ranks[best]);
            bytes[best] += bytes[best + 1];
            count--;
            for (int i = best + 1; i < count; i++) {
                ids[i] = ids[i + 1];
                bytes[i] = bytes[i + 1];
                ranks[i] = ranks[i + 1];
            }
            if (best > 0) {
                ranks[best - 1] = model.merges().rank(ids[best - 1], ids[best]);
            }
            if (best + 1 < count) {
                ranks[best] = model.merges().rank(ids[best], ids[best + 1]);
            }
            best = best();
        }
    }

    private int best() {
        int best = -1;
        int least = Merges.NONE;
        for (int i = 0; i + 1 < count; i++) {
            if (ranks[i] < least) {
                least = ranks[i];
                best = i;
            }
        }
        return best;
    }

    // ---------------------------------------------------------------- tokens

    /**
     * Adds the symbols. Where each comes from is counted in bytes from the word's start on, so that it is too far to the left
     * behind characters that vanished: the reference's spans are so.
     */
    private void addTokens(AlignedText text, int from, int to, Tokens tokens) {
        int at = from; // the code point
        int atByte = 0; // that this byte of the word begins
        int begin = 0;
        for (int i = 0; i < count; i++) {
            int end = begin + bytes[i];
            while (at < to - 1 && atByte + Utf8.count(text.at(at)) <= begin) {
                atByte += Utf8.count(text.at(at++));
            }
            int start = text.start(at);
            int last = at;
            int lastByte = atByte;
            while (last < to - 1 && lastByte + Utf8.count(text.at(last)) < end) {
                lastByte += Utf8.count(text.at(last++));
            }
            tokens.add(ids[i], start, text.end(last));
            begin = end;
        }
    }

    @Override
    public long keptBytes() {
        return 2L * ids.length * Integer.BYTES + longWord.keptBytes();
    }
}
