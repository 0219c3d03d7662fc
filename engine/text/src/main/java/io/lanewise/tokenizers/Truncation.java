package io.lanewise.tokenizers;

import io.lanewise.LanewiseException;

/**
 * How texts are cut that have too many tokens.
 *
 * @param maxLength the most tokens, special ones included
 * @param strategy which of two texts is cut
 * @param direction at which end
 * @param stride tokens that each window shares with the one before, where windows are kept
 * @param keepsWindows whether what is cut off comes as further windows ({@link Encoding#overflow}); if not, a long text is not
 *        even read much further than it is needed
 */
public record Truncation(int maxLength, Strategy strategy, Direction direction, int stride, boolean keepsWindows) {

    /** Which of two texts is cut. */
    public enum Strategy {
        /** The longer one, until both are equally long; then both. */
        LONGEST_FIRST,
        /** The first. */
        ONLY_FIRST,
        /** The second. */
        ONLY_SECOND
    }

    /**
     * Checks the numbers.
     *
     * @throws LanewiseException if one is negative
     */
    public Truncation {
        if (maxLength < 0 || stride < 0) {
            throw new LanewiseException("truncation must not have negative numbers: maxLength=%d, stride=%d".formatted(
                    maxLength, stride));
        }
    }

    /** Cuts the end of the longest text so that so many tokens are left, special ones included. */
    public static Truncation to(int maxLength) {
        return new Truncation(maxLength, Strategy.LONGEST_FIRST, Direction.RIGHT, 0, false);
    }

    /**
     * Cuts texts into windows of so many tokens, special ones included, that share so many with the one before. Of two texts that
     * are both cut, each window of the one comes with each of the other, as in the reference; more than 16,384 of them are refused.
     */
    public static Truncation windows(int maxLength, int stride) {
        return new Truncation(maxLength, Strategy.LONGEST_FIRST, Direction.RIGHT, stride, true);
    }

    /** Returns the same with another strategy. */
    public Truncation strategy(Strategy other) {
        return new Truncation(maxLength, other, direction, stride, keepsWindows);
    }

    /** Returns the same at another end. */
    public Truncation direction(Direction other) {
        return new Truncation(maxLength, strategy, other, stride, keepsWindows);
    }
}
