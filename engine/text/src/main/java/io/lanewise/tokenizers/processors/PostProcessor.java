package io.lanewise.tokenizers.processors;

import java.util.List;

/**
 * What becomes of the tokens of one text or of two. Immutable.
 *
 * @param single the parts of one text
 * @param pair the parts of two
 * @param bareSingle the parts of one text where special tokens are not asked for
 * @param barePair the parts of two where special tokens are not asked for
 * @param trims how white space goes from the spans of tokens, once for each
 */
public record PostProcessor(List<Part> single, List<Part> pair, List<Part> bareSingle, List<Part> barePair,
        List<SpanTrim> trims) {

    /** The type of a text's tokens is the text's own. */
    static final int OWN_TYPE = -1;

    private static final List<Part> FIRST = List.of(new Part.Text(false, OWN_TYPE));
    private static final List<Part> BOTH = List.of(new Part.Text(false, OWN_TYPE), new Part.Text(true, OWN_TYPE));

    /** Puts nothing around texts. */
    public static final PostProcessor NONE = trimming(List.of());

    /** Puts nothing around texts, but trims spans. */
    static PostProcessor trimming(List<SpanTrim> trims) {
        return new PostProcessor(FIRST, BOTH, FIRST, BOTH, trims);
    }

    /** Puts special tokens around texts; without them, the texts keep their types. */
    static PostProcessor around(List<Part> single, List<Part> pair) {
        return new PostProcessor(single, pair, FIRST, BOTH, List.of());
    }

    /** Returns the parts that are asked for. */
    public List<Part> parts(boolean isPair, boolean withSpecial) {
        if (withSpecial) {
            return isPair ? pair : single;
        }
        return isPair ? barePair : bareSingle;
    }

    /** Returns how many special tokens are added. */
    public int added(boolean isPair) {
        List<Part> parts = isPair ? pair : single;
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            count += parts.get(i) instanceof Part.Special ? 1 : 0;
        }
        return count;
    }

    /** Says whether parts are nothing but the texts. */
    boolean addsNothing() {
        return single.equals(FIRST) && pair.equals(BOTH);
    }
}
