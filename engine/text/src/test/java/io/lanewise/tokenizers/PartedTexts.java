package io.lanewise.tokenizers;

import io.lanewise.LanewiseException;
import io.lanewise.tokenizers.text.Tokens;

/** Parts texts at every place where they may be parted, and compares what becomes of the parts with what becomes of the whole. */
final class PartedTexts {

    private PartedTexts() {}

    /** Returns the first difference, or null; a text that is refused has none. */
    static String difference(Tokenizer tokenizer, String text) {
        Pipeline pipeline = tokenizer.pipeline();
        Pipeline.Bench bench = pipeline.newBench();
        Tokens whole = new Tokens();
        try {
            pipeline.tokenize(text, 0, text.length(), false, bench, whole);
        } catch (LanewiseException refused) {
            return null;
        }
        Tokens parts = new Tokens();
        new LongTexts(pipeline, 1).tokenize(text, LongTexts.ALL, false, bench, parts);
        return difference(whole, parts);
    }

    private static String difference(Tokens whole, Tokens parts) {
        for (int token = 0; token < Math.min(whole.count(), parts.count()); token++) {
            boolean same = whole.id(token) == parts.id(token) && whole.start(token) == parts.start(token)
                    && whole.end(token) == parts.end(token) && whole.word(token) == parts.word(token)
                    && whole.hasOwnText(token) == parts.hasOwnText(token)
                    && whole.spacesBefore(token) == parts.spacesBefore(token)
                    && whole.spacesBehind(token) == parts.spacesBehind(token);
            if (!same) {
                return "token %d is %d of %d to %d, not %d of %d to %d".formatted(token, parts.id(token),
                        parts.start(token), parts.end(token), whole.id(token), whole.start(token), whole.end(token));
            }
        }
        return whole.count() == parts.count() ? null : parts.count() + " tokens, not " + whole.count();
    }

    /** Counts the places at which a text may be parted. */
    static int count(Tokenizer tokenizer, String text) {
        Seams seams = new Seams(tokenizer.pipeline());
        int count = 0;
        for (int seam = seams.next(text, 0); seam < text.length(); seam = seams.next(text, seam + 1)) {
            count++;
        }
        return count;
    }
}
