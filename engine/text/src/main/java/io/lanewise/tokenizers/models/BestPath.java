package io.lanewise.tokenizers.models;

import java.util.Arrays;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Tokens;
import io.lanewise.tokenizers.text.Utf8;

/**
 * Finds the tokens of {@link Unigram} by Viterbi's algorithm: for each place of the piece, the best sum of scores up to it, and
 * where the last token of that path begins. A later path must be better, not as good, to take a place.
 *
 * <p>A long piece is worked on stretch by stretch, so that memory that is near is enough: where no token reaches beyond a place,
 * every path comes by, and what lies before is decided. Sums go on, for they are rounded.
 */
final class BestPath implements Segmenter {

    private static final int STRETCH = 256; // places, at least
    private static final int FIRST_CAPACITY = 2 * STRETCH;
    private static final int OPEN = -1;
    private static final int NONE = -1;

    private final Unigram model;
    private double[] sums = new double[FIRST_CAPACITY]; // by place of the stretch
    private int[] begins = new int[FIRST_CAPACITY]; // by place, OPEN where no path ends yet
    private int[] ids = new int[FIRST_CAPACITY]; // by place, of the token that ends there
    private int[] path = new int[FIRST_CAPACITY]; // places where tokens end, the last one first
    private int reach; // the last place that a token ends at
    private int unknownFrom; // the code point that a run of unknown text begins with which may go on, or NONE

    BestPath(Unigram model) {
        this.model = model;
    }

    @Override
    public void segment(AlignedText text, int from, int to, Tokens tokens) {
        unknownFrom = NONE;
        sums[0] = 0;
        for (int start = from; start < to && !tokens.areEnough();) {
            int length = findPaths(text.codePoints(), start, to - start);
            addPath(text, start, length, tokens);
            sums[0] = sums[length];
            start += length;
            if (start == to) {
                addUnknown(text, to, tokens);
            }
        }
    }

    // ---------------------------------------------------------------- paths

    /** Finds the best paths to the end of a piece, or to a place that all of them come by; returns that place. */
    private int findPaths(int[] codePoints, int from, int length) {
        Trie trie = model.vocabulary().trie();
        reach = 0;
        for (int place = 0; place < length; place++) {
            if (place >= STRETCH && place == reach) {
                return place;
            }
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
        return length;
    }

    private void offer(int begin, int end, double sum, int id) {
        while (reach < end) {
            open(++reach);
        }
        if (begins[end] == OPEN || sum > sums[end]) {
            sums[end] = sum;
            begins[end] = begin;
            ids[end] = id;
        }
    }

    private void open(int place) {
        if (place == sums.length) {
            sums = Arrays.copyOf(sums, 2 * place);
            begins = Arrays.copyOf(begins, 2 * place);
            ids = Arrays.copyOf(ids, 2 * place);
            path = new int[2 * place];
        }
        begins[place] = OPEN;
    }

    private void offerUnknown(int place) {
        double sum = sums[place] + model.unknownScore();
        boolean taken = reach == place || begins[place + 1] == OPEN || sum > sums[place + 1];
        if (taken && model.unknown() == Trie.NONE) {
            throw new LanewiseException("text has an unknown character and the model has no unk_id");
        }
        offer(place, place + 1, sum, model.unknown());
    }

    // ---------------------------------------------------------------- tokens

    private void addPath(AlignedText text, int from, int length, Tokens tokens) {
        int count = 0;
        for (int place = length; place > 0; place = begins[place]) {
            path[count++] = place;
        }
        for (int i = count - 1; i >= 0; i--) {
            int begin = from + begins[path[i]];
            if (ids[path[i]] != model.unknown()) {
                addUnknown(text, begin, tokens);
                tokens.add(ids[path[i]], text.start(begin), text.end(from + path[i] - 1));
            } else if (unknownFrom == NONE) {
                unknownFrom = begin;
            }
        }
    }

    /** Adds the run of unknown text that ends here, if there is one: as a token if it is one after all, by its bytes, or unknown. */
    private void addUnknown(AlignedText text, int to, Tokens tokens) {
        if (unknownFrom == NONE) {
            return;
        }
        int from = unknownFrom;
        unknownFrom = NONE;
        int start = text.start(from);
        int end = text.end(to - 1);
        int known = model.vocabulary().trie().find(text.codePoints(), from, to);
        if (known == Trie.NONE && model.byteTokens() != null && bytesCover(text, from, to)) {
            for (int i = from; i < to; i++) {
                for (int b = 0; b < Utf8.count(text.at(i)); b++) {
                    tokens.add(model.byteTokens()[Utf8.get(text.at(i), b)], start, end);
                }
            }
        } else if (known == Trie.NONE) {
            tokens.add(model.unknown(), text, from, to);
        } else {
            tokens.add(known, start, end);
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
