package io.lanewise.tokenizers;

import io.lanewise.LanewiseException;

/**
 * How encodings are filled up.
 *
 * @param length tokens to fill up to, or 0 for as many as the longest encoding of a batch has
 * @param multiple what the number of tokens must be a multiple of, or 0 for nothing
 * @param direction at which end
 * @param id the token to fill up with
 * @param type its type
 */
public record Padding(int length, int multiple, Direction direction, int id, int type) {

    /**
     * Checks the numbers.
     *
     * @throws LanewiseException if one is negative
     */
    public Padding {
        if (length < 0 || multiple < 0 || id < 0 || type < 0) {
            throw new LanewiseException("padding must not have negative numbers: length=%d, multiple=%d, id=%d, type=%d"
                    .formatted(length, multiple, id, type));
        }
    }

    /** Fills up to the longest encoding of a batch, at the end. */
    public static Padding toLongest(int id) {
        return new Padding(0, 0, Direction.RIGHT, id, 0);
    }

    /** Fills up to so many tokens, at the end. */
    public static Padding to(int length, int id) {
        return new Padding(length, 0, Direction.RIGHT, id, 0);
    }

    /** Returns the tokens that encodings of which the longest has so many are filled up to. */
    int target(int longest) {
        int wanted = length == 0 ? longest : length;
        long rounded = multiple == 0 ? wanted : (long) Math.ceilDiv(wanted, multiple) * multiple;
        if (rounded > Integer.MAX_VALUE) {
            throw new LanewiseException("padding must not be longer than an array: length=%d, multiple=%d".formatted(
                    wanted, multiple));
        }
        return (int) rounded;
    }
}
