package io.lanewise.tokenizers;

import io.lanewise.tokenizers.text.Tokens;

/**
 * Makes the tokens of a text part by part where it may be parted ({@link Seams}): memory that is near is then enough for a long
 * one, and of a text that is cut not much more is read than is needed.
 */
final class LongTexts {

    /** As many as are wanted. */
    static final int ALL = Integer.MAX_VALUE;

    private static final int UNITS_A_TOKEN = 6;
    private static final int FEWEST_UNITS = 128;
    private static final int MOST_UNITS = 1 << 13;

    private final Pipeline pipeline;
    private final Seams seams;
    private final int mostUnits;

    LongTexts(Pipeline pipeline) {
        this(pipeline, MOST_UNITS);
    }

    /** Says how long a part may be that has a place to end. */
    LongTexts(Pipeline pipeline, int mostUnits) {
        this.pipeline = pipeline;
        this.seams = new Seams(pipeline);
        this.mostUnits = mostUnits;
    }

    /** Makes at least so many tokens, or all that there are; the first are those of the whole text. */
    void tokenize(String text, int wanted, boolean specialTokensAsText, Pipeline.Bench bench, Tokens tokens) {
        tokens.clear(wanted);
        int from = 0;
        do {
            int to = end(text, from, (long) UNITS_A_TOKEN * (wanted - tokens.count()));
            int count = tokens.count();
            int word = tokens.word();
            pipeline.tokenize(text, from, to, specialTokensAsText, bench, tokens);
            if (bench.hasSlipped() && to < text.length()) {
                to = text.length(); // what follows has slipped, too
                tokens.cut(count, word);
                pipeline.tokenize(text, from, to, specialTokensAsText, bench, tokens);
            }
            from = to;
        } while (from < text.length() && !tokens.areEnough());
    }

    /** Returns where a part ends that is about so long. */
    private int end(String text, int from, long units) {
        long to = from + Math.min(Math.max(units, FEWEST_UNITS), mostUnits);
        return to < text.length() ? seams.next(text, (int) to) : text.length();
    }
}
