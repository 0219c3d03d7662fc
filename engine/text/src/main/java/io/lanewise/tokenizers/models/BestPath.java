package io.lanewise.tokenizers.models;

import java.util.Arrays;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Tokens;
import io.lanewise.tokenizers.text.Utf8;

/**
 * Finds the tokens of {@link Unigram} by Viterbi's algorithm: for each place of the piece, the best sum of scores up to it, and
 * where the last token of that path begins. A later path must be better, not as good, to take a place.
 */
final class BestPath implements Segmenter {

    private static final int FIRST_CAPACITY = 64;
    private static final int OPEN = -1;

    private final Unigram model;
    private double[] sums = new double[FIRST_CAPACITY]; // by place
    private int[] begins = new int[FIRST_CAPACITY]; // by place, OPEN where no path ends yet
    private int[] ids = new int[FIRST_CAPACITY]; // by place, of the token that ends there
    private int[] path = new int[FIRST_CAPACITY]; // places where tokens end, the last one first

    BestPath(Unigram model) {
        this.model = model;
    }

    @Override
    public void segment(AlignedText text, int from, int to, Tokens tokens) {
        int length = to - from;
        reserve(length + 1);
        findPaths(text.codePoints(), from, length);
        int count = 0;
        for (int place = length; place > 0; place = begins[place]) {
            path[count++] = place;
        }
        for (int i = count - 1; i >= 0; i--) {
            int begin = begins[path[i]];
            if (ids[path[i]] != model.unknown()) {
                tokens.add(ids[path[i]], text.start(from + begin), text.end(from + path[i] - 1));
            } else {
                while (i > 0 && ids[path[i - 1]] == model.unknown()) {
                    i--;
                }
                addUnknown(text, from + begin, from + path[i], tokens);
            }
        }
    }

    private void reserve(int capacity) {
        if (sums.length < capacity) {
            sums = new double[capacity];
            begins = new int[capacity];
            ids = new int[capacity];
            path = new int[capacity];
        }
        Arrays.fill(begins, 0, capacity, OPEN);
        sums[0] = 0;
    }

    private void findPaths(int[] codePoints, int from, int length) {
        Trie trie = model.vocabulary().trie();
        for (int place = 0; place < length; place++) {
            boolean single = false; // whether the next code point is a token by itself
            int node = Trie.ROOT;
            for (int end = place; end < length; end++) {
                node = trie.next(node, codePoints[from + end]);
                if (node == Trie.NONE) {
                    break;
                }
                int id = trie.value(node);
                if (id != Trie.NONE) {
                    single |= end == place;
                    offer(place, end + 1, sums[place] + model.scores()[id], id);
                }
            }
            if (!single) {
                offerUnknown(place);
            }
        }
    }

    private void offer(int begin, int end, double sum, int id) {
        if (begins[end] == OPEN || sum > sums[end]) {
            sums[end] = sum;
            begins[end] = begin;
            ids[end] = id;
        }
    }

    private void offerUnknown(int place) {
        boolean taken = begins[place + 1] == OPEN || sums[place] + model.unknownScore() > sums[place + 1];
        if (taken && model.unknown() == Trie.NONE) {
            throw new LanewiseException("text has an unknown character and the model has no unk_id");
        }
        offer(place, place + 1, sums[place] + model.unknownScore(), model.unknown());
    }

    /** Adds a run of unknown text: as a token if it is one after all, by its bytes, or as the unknown token. */
    private void addUnknown(AlignedText text, int from, int to, Tokens tokens) {
        int start = text.start(from);
        int end = text.end(to - 1);
        int known = model.vocabulary().trie().find(text.codePoints(), from, to);
        if (known == Trie.NONE && model.byteTokens() != null && bytesCover(text, from, to)) {
            for (int i = from; i < to; i++) {
                for (int b = 0; b < Utf8.count(text.at(i)); b++) {
                    tokens.add(model.byteTokens()[Utf8.get(text.at(i), b)], start, end);
                }
            }
        } else {
            tokens.add(known == Trie.NONE ? model.unknown() : known, start, end);
        }
    }

    private boolean bytesCover(AlignedText text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!ByteTokens.cover(model.byteTokens(), text.at(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long keptBytes() {
        return sums.length * (Double.BYTES + 3L * Integer.BYTES);
    }
}
