package io.lanewise.tokenizers;

import io.lanewise.tokenizers.models.Model;
import io.lanewise.tokenizers.models.Segmenter;
import io.lanewise.tokenizers.normalizers.Normalizer;
import io.lanewise.tokenizers.pretokenizers.PreTokenizer;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.text.Tokens;

/**
 * The way of a text to its tokens: added tokens are cut out of it as it came, the parts between are normalized, further added
 * tokens cut out of those, the rest is pre-tokenized and given to the model. Immutable.
 *
 * @param normalizer or null
 * @param preTokenizer or null
 */
record Pipeline(AddedTokens added, Normalizer normalizer, PreTokenizer preTokenizer, Model model) {

    /** What one text at a time is worked on with. Used again and again; for one thread. */
    static final class Bench {
        private final AlignedText raw = new AlignedText();
        private final AlignedText part = new AlignedText();
        private final AlignedText inner = new AlignedText();
        private final Pieces pieces = new Pieces();
        private final Segments segments = new Segments();
        private final AddedMatcher.Matches rawMatches = new AddedMatcher.Matches();
        private final AddedMatcher.Matches innerMatches = new AddedMatcher.Matches();
        private final Segmenter segmenter;
        private final Tokens first = new Tokens();
        private final Tokens second = new Tokens();
        private final int[] shares = new int[2];
        private int[] bounds = new int[8];
        private boolean slipped;

        private Bench(Segmenter segmenter) {
            this.segmenter = segmenter;
        }

        /** Says whether spans of what was worked on last count from a place that a text's beginning has moved. */
        boolean hasSlipped() {
            return slipped;
        }

        /** Returns the tokens of the first text or of the second. */
        Tokens tokens(boolean ofSecond) {
            return ofSecond ? second : first;
        }

        /** Returns room for how many tokens each text keeps. */
        int[] shares() {
            return shares;
        }

        /** Returns room for two numbers for each part of an encoding. */
        int[] bounds(int parts) {
            if (bounds.length < 2 * parts) {
                bounds = new int[2 * parts];
            }
            return bounds;
        }

        /** Returns about how many bytes are kept for the next text. */
        long keptBytes() {
            return raw.keptBytes() + part.keptBytes() + inner.keptBytes() + pieces.keptBytes() + segments.keptBytes()
                    + segmenter.keptBytes() + first.keptBytes() + second.keptBytes();
        }
    }

    Bench newBench() {
        return new Bench(model.newSegmenter());
    }

    /** Adds the tokens of some units of a text, which are taken for all of it. */
    void tokenize(String text, int from, int to, boolean specialTokensAsText, Bench bench, Tokens tokens) {
        bench.slipped = false;
        bench.raw.load(text, from, to);
        AddedMatcher.Matches matches = bench.rawMatches;
        matches.count = 0;
        if (added.raw() != null) {
            added.raw().find(bench.raw, specialTokensAsText, matches);
        }
        if (matches.count == 0) {
            part(bench.raw, specialTokensAsText, bench, tokens);
            return;
        }
        int at = 0;
        for (int i = 0; i < matches.count && !tokens.areEnough(); i++) {
            if (at < matches.from(i)) {
                bench.part.load(bench.raw, at, matches.from(i));
                part(bench.part, specialTokensAsText, bench, tokens);
            }
            add(bench.raw, matches, i, tokens);
            at = matches.to(i);
        }
        if (at < bench.raw.length() && !tokens.areEnough()) {
            bench.part.load(bench.raw, at, bench.raw.length());
            part(bench.part, specialTokensAsText, bench, tokens);
        }
    }

    private void part(AlignedText text, boolean specialTokensAsText, Bench bench, Tokens tokens) {
        if (normalizer != null) {
            normalizer.normalize(text);
            bench.slipped |= text.hasSlipped();
        }
        if (added.normalized() == null) {
            segment(text, bench, tokens);
            return;
        }
        AddedMatcher.Matches matches = bench.innerMatches;
        added.normalized().find(text, specialTokensAsText, matches);
        int from = 0;
        for (int i = 0; i < matches.count && !tokens.areEnough(); i++) {
            if (from < matches.from(i)) {
                bench.inner.load(text, from, matches.from(i));
                segment(bench.inner, bench, tokens);
            }
            add(text, matches, i, tokens);
            from = matches.to(i);
        }
        if (from < text.length() && !tokens.areEnough()) {
            bench.inner.load(text, from, text.length());
            segment(bench.inner, bench, tokens);
        }
    }

    private static void add(AlignedText text, AddedMatcher.Matches matches, int match, Tokens tokens) {
        tokens.add(matches.id(match), text, matches.from(match), matches.to(match));
        tokens.nextWord();
    }

    private void segment(AlignedText text, Bench bench, Tokens tokens) {
        Pieces pieces = bench.pieces;
        pieces.reset(text);
        if (preTokenizer != null) {
            preTokenizer.preTokenize(pieces, bench.segments);
        }
        for (int i = 0; i < pieces.count() && !tokens.areEnough(); i++) {
            bench.segmenter.segment(text, pieces.from(i), pieces.to(i), tokens);
            tokens.nextWord();
        }
    }
}
