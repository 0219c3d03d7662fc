package io.lanewise.tokenizers;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.processors.Part;
import io.lanewise.tokenizers.processors.PostProcessor;
import io.lanewise.tokenizers.text.Tokens;

/** Puts one text's tokens, or two texts', together with special tokens. */
final class Assembly {

    private static final int NONE = -1;

    private Assembly() {}

    /**
     * Makes the encoding of texts whose tokens are on a bench.
     *
     * @param texts one or two
     */
    static Encoding of(Tokenizer tokenizer, EncodingOptions options, String[] texts, Pipeline.Bench bench) {
        Truncation truncation = options.truncation();
        if (truncation != null && truncation.keepsWindows()) {
            return new WindowedAssembly(tokenizer, options, texts, bench).encoding();
        }
        int[] shares = shares(tokenizer.processor(), options, texts.length == 2, bench);
        List<Part> parts = tokenizer.processor().parts(texts.length == 2, options.specialTokens());
        int[] bounds = bench.bounds(parts.size());
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Part.Text text) {
                int count = bench.tokens(text.second()).count();
                int kept = shares[text.second() ? 1 : 0];
                boolean endIsKept = truncation != null && truncation.direction() == Direction.LEFT;
                bounds[2 * part] = endIsKept ? count - kept : 0;
                bounds[2 * part + 1] = bounds[2 * part] + kept;
            }
        }
        return join(tokenizer, texts, parts, bench, bounds, List.of());
    }

    /** Returns how many tokens the texts may have, special ones not counted. */
    static int budget(PostProcessor processor, EncodingOptions options, boolean isPair) {
        int added = options.specialTokens() ? processor.added(isPair) : 0;
        int budget = options.truncation().maxLength() - added;
        if (budget < 0) {
            throw new LanewiseException(
                    "truncation must leave room for the special tokens: maxLength=%d, special tokens=%d"
                            .formatted(options.truncation().maxLength(), added));
        }
        return budget;
    }

    /** Returns how many tokens each text may keep; the array is the bench's. */
    static int[] shares(PostProcessor processor, EncodingOptions options, boolean isPair, Pipeline.Bench bench) {
        Truncation truncation = options.truncation();
        int[] shares = bench.shares();
        shares[0] = bench.tokens(false).count();
        shares[1] = isPair ? bench.tokens(true).count() : 0;
        if (truncation == null) {
            return shares;
        }
        int first = shares[0];
        int second = shares[1];
        int budget = budget(processor, options, isPair);
        if (truncation.strategy() == Truncation.Strategy.ONLY_SECOND && !isPair && first > budget && budget > 0) {
            throw new LanewiseException("a single text must not be cut by the strategy for a second: strategy="
                    + truncation.strategy());
        }
        Windows.share(shares, budget, truncation.strategy());
        Windows.requireStride(first, shares[0], truncation);
        Windows.requireStride(second, shares[1], truncation);
        return shares;
    }

    // ---------------------------------------------------------------- one encoding

    /**
     * Makes an encoding.
     *
     * @param bounds by part that is a text, its first token and the one after its last
     */
    static Encoding join(Tokenizer tokenizer, String[] texts, List<Part> parts, Pipeline.Bench bench, int[] bounds,
            List<Encoding> overflow) {
        int length = 0;
        for (int part = 0; part < parts.size(); part++) {
            length += parts.get(part) instanceof Part.Text ? bounds[2 * part + 1] - bounds[2 * part] : 1;
        }
        Encoding.Columns columns = new Encoding.Columns(tokenizer, texts, length);
        int at = 0;
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part) instanceof Part.Text text) {
                int from = bounds[2 * part];
                int to = bounds[2 * part + 1];
                put(columns, at, text, bench.tokens(text.second()), from, to);
                at += to - from;
            } else {
                putSpecial(columns, at++, (Part.Special) parts.get(part));
            }
        }
        return new Encoding(columns, length, length, overflow);
    }

    private static void putSpecial(Encoding.Columns columns, int at, Part.Special special) {
        columns.ids[at] = special.id();
        columns.types[at] = special.type();
        columns.starts[at] = NONE;
        columns.ends[at] = NONE;
        columns.words[at] = NONE;
        columns.sources[at] = NONE;
    }

    private static void put(Encoding.Columns columns, int first, Part.Text text, Tokens tokens, int from, int to) {
        int source = text.second() ? 1 : 0;
        int type = text.type() == NONE ? source : text.type();
        tokens.copy(from, to, columns.ids, columns.starts, columns.ends, columns.words, first);
        for (int at = first; at < first + to - from; at++) {
            columns.types[at] = type;
            columns.sources[at] = (byte) source;
        }
        PostProcessor processor = columns.tokenizer.processor();
        for (int trim = 0; trim < processor.trims().size(); trim++) {
            for (int token = from; token < to; token++) {
                SpanTrimming.apply(processor.trims().get(trim), columns, first + token - from, token == from, tokens,
                        token);
            }
        }
    }
}
