package io.lanewise.plan;

/**
 * What a step costs for a given batch.
 *
 * @param multiplyAdds of the arithmetic really done
 * @param bytes read and written: rows once, a weight once for each row group is not counted
 */
public record Cost(long multiplyAdds, long bytes) {

    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0);

    /** Returns the sum. */
    public Cost plus(Cost other) {
        return new Cost(multiplyAdds + other.multiplyAdds, bytes + other.bytes);
    }
}
