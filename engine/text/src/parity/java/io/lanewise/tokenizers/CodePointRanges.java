package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** Writes sets of code points as the tables have them. */
final class CodePointRanges {

    private CodePointRanges() {}

    /** Returns the set of all code points that something holds of, surrogates left out. */
    static BitSet where(IntPredicate holds) {
        BitSet set = new BitSet();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (!isSurrogate(codePoint) && holds.test(codePoint)) {
                set.set(codePoint);
            }
        }
        return set;
    }

    static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Returns the ranges of a set, such as {@code 0030-0039}, or {@code 00AD} for one code point alone. */
    static List<String> of(BitSet set) {
        List<String> ranges = new ArrayList<>();
        for (int first = set.nextSetBit(0); first >= 0;) {
            int end = set.nextClearBit(first);
            ranges.add(hex(first) + (end - first == 1 ? "" : "-" + hex(end - 1)));
            first = set.nextSetBit(end);
        }
        return ranges;
    }

    static String hex(int codePoint) {
        return "%04X".formatted(codePoint);
    }
}
