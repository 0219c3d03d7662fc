package io.lanewise.tokenizers;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;

/**
 * The parts that a text's tokens are cut into: the first is what is kept, the others are what was cut off.
 *
 * @param parts the first token of each, and the one after its last
 */
record Windows(List<Span> parts) {

    /** Leaves tokens as they are. */
    static Windows whole(int count) {
        return new Windows(List.of(new Span(0, count)));
    }

    /** Cuts tokens into parts of so many, each with some of the one before. */
    static Windows of(int count, int most, Truncation truncation) {
        if (count <= most) {
            return whole(count);
        }
        if (most == 0) {
            return new Windows(List.of(new Span(0, 0), new Span(0, count)));
        }
        requireStride(count, most, truncation);
        List<Span> parts = new ArrayList<>();
        int step = most - truncation.stride();
        boolean left = truncation.direction() == Direction.LEFT;
        for (int at = 0; parts.isEmpty() || isMoreBeyond(parts.getLast(), left, count); at += step) {
            parts.add(left
                    ? new Span(Math.max(0, count - at - most), count - at)
                    : new Span(at, Math.min(at + most, count)));
        }
        return new Windows(parts);
    }

    /** Says whether there are tokens beyond a part. */
    private static boolean isMoreBeyond(Span part, boolean left, int count) {
        return left ? part.start() > 0 : part.end() < count;
    }

    /** Refuses windows that would not move on. */
    static void requireStride(int count, int most, Truncation truncation) {
        if (count > most && most > 0 && truncation.stride() >= most) {
            throw new LanewiseException(
                    "the stride must be below the tokens of a window: stride=%d, tokens=%d".formatted(
                            truncation.stride(), most));
        }
    }

    /** Lessens how many tokens of each of two texts are kept, so that there are at most {@code most} together. */
    static void share(int[] shares, int most, Truncation.Strategy strategy) {
        int first = shares[0];
        int second = shares[1];
        int excess = first + second - most;
        if (excess <= 0) {
            return;
        }
        if (most == 0) {
            shares[0] = 0; // whatever the strategy
            shares[1] = 0;
            return;
        }
        switch (strategy) {
            case LONGEST_FIRST -> shareLongestFirst(shares, most);
            case ONLY_FIRST -> shares[0] = rest(first, excess, "first");
            case ONLY_SECOND -> shares[1] = rest(second, excess, "second");
        }
    }

    private static void shareLongestFirst(int[] shares, int most) {
        int shorter = Math.min(shares[0], shares[1]);
        int longer = shorter > most ? shorter : Math.max(shorter, most - shorter);
        if (shorter + longer > most) {
            shorter = most / 2;
            longer = shorter + most % 2;
        }
        boolean firstIsLonger = shares[0] > shares[1];
        shares[0] = firstIsLonger ? longer : shorter;
        shares[1] = firstIsLonger ? shorter : longer;
    }

    private static int rest(int count, int excess, String which) {
        if (count <= excess) {
            throw new LanewiseException("the %s text must be long enough to be cut alone: tokens=%d, too many=%d"
                    .formatted(which, count, excess));
        }
        return count - excess;
    }
}
