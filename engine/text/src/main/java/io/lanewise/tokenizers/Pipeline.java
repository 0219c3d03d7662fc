package io.lanewise.tokenizers;

import io.lanewise.tokenizers.models.Model;
import io.lanewise.tokenizers.models.Segmenter;
import io.lanewise.tokenizers.normalizers.Normalizer;
import io.lanewise.tokenizers.pretokenizers.PreTokenizer;
import io.lanewise.tokenizers.text.AlignedText;
import io.lanewise.tokenizers.text.Pieces;
import io.lanewise.tokenizers.text.Segments;
import io.lanewise.tokenizers.text.Tokens;
import io.lanewise.tokenizers.text.TrimmedSpace;

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
        /** What a UTF-16 unit of a text takes at the least: it as it came and anew, with where it came from. */
        static final int BYTES_A_UNIT = 6 * Integer.BYTES;

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

        private Bench(Segmenter segmenter) {
            this.segmenter = segmenter;
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

    /** Makes the tokens of a text's first units. */
    void tokenize(String text, int to, boolean specialTokensAsText, Bench bench, Tokens tokens) {
        tokens.clear();
        bench.raw.load(text, 0, to);
        AddedMatcher.Matches matches = bench.rawMatches;
        matches.count = 0;
        if (added.raw() != null) {
            added.raw().find(bench.raw, specialTokensAsText, matches);
        }
        if (matches.count == 0) {
            part(bench.raw, specialTokensAsText, bench, tokens);
            return;
        }
        int from = 0;
        for (int i = 0; i < matches.count; i++) {
            if (from < matches.from(i)) {
                bench.part.load(bench.raw, from, matches.from(i));
                part(bench.part, specialTokensAsText, bench, tokens);
            }
            add(bench.raw, matches, i, tokens);
            from = matches.to(i);
        }
        if (from < bench.raw.length()) {
            bench.part.load(bench.raw, from, bench.raw.length());
            part(bench.part, specialTokensAsText, bench, tokens);
        }
    }

    private void part(AlignedText text, boolean specialTokensAsText, Bench bench, Tokens tokens) {
        if (normalizer != null) {
            normalizer.normalize(text);
        }
        if (added.normalized() == null) {
            segment(text, bench, tokens);
            return;
        }
        AddedMatcher.Matches matches = bench.innerMatches;
        added.normalized().find(text, specialTokensAsText, matches);
        int from = 0;
        for (int i = 0; i < matches.count; i++) {
            if (from < matches.from(i)) {
                bench.inner.load(text, from, matches.from(i));
                segment(bench.inner, bench, tokens);
            }
            add(text, matches, i, tokens);
            from = matches.to(i);
        }
        if (from < text.length()) {
            bench.inner.load(text, from, text.length());
            segment(bench.inner, bench, tokens);
        }
    }

    private static void add(AlignedText text, AddedMatcher.Matches matches, int match, Tokens tokens) {
        int from = matches.from(match);
        int to = matches.to(match);
        int before = 0;
        while (from + before < to && TrimmedSpace.is(text.at(from + before))) {
            before++;
        }
        int behind = 0;
        while (to - behind > from && TrimmedSpace.is(text.at(to - behind - 1))) {
            behind++;
        }
        tokens.add(matches.id(match), text.start(from), text.end(to - 1), before, behind);
        tokens.nextWord();
    }

    private void segment(AlignedText text, Bench bench, Tokens tokens) {
        Pieces pieces = bench.pieces;
        pieces.reset(text);
        if (preTokenizer != null) {
            preTokenizer.preTokenize(pieces, bench.segments);
        }
        for (int i = 0; i < pieces.count(); i++) {
            bench.segmenter.segment(text, pieces.from(i), pieces.to(i), tokens);
            tokens.nextWord();
        }
    }
}
