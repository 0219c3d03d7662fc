package io.lanewise.reference;

/**
 * What a value of a graph turned out to be, row-major in the shape of the value.
 *
 * @param <A> the array of the precision, {@code float[]} or {@code double[]}
 */
public sealed interface ReferenceTensor<A> {

    /** Rows, pairs and constants. */
    record Numbers<A>(A cells) implements ReferenceTensor<A> {}

    /** One bit for each row or pair: set where it is padding. */
    record Bits<A>(boolean[] cells) implements ReferenceTensor<A> {}

    /** Row numbers of a table. */
    record Indices<A>(int[] cells) implements ReferenceTensor<A> {}

    /**
     * Returns the cells of a tensor of numbers.
     *
     * @throws ClassCastException if it is something else
     */
    default A numbers() {
        return ((Numbers<A>) this).cells();
    }

    /**
     * Returns the cells of a tensor of bits.
     *
     * @throws ClassCastException if it is something else
     */
    default boolean[] bits() {
        return ((Bits<A>) this).cells();
    }

    /**
     * Returns the cells of a tensor of indices.
     *
     * @throws ClassCastException if it is something else
     */
    default int[] indices() {
        return ((Indices<A>) this).cells();
    }
}
