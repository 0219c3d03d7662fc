package io.lanewise.plan;

import io.lanewise.graph.Shape;

/** Where a result comes from. */
public sealed interface PlannedOutput {

    /** Returns the result's shape, batch axis aside. */
    Shape shape();

    /** Rows that a slot holds when the passes are done. */
    record RowsOutput(Shape.Rows shape, Slot slot) implements PlannedOutput {}

    /** An attention map, written by the step that computes it. */
    record AttentionOutput(Shape.Pairs shape, Stream queries, Stream keys) implements PlannedOutput {}

    /** One byte a pair: whether its key, or its query, is padding. */
    record PairBitsOutput(Shape.PairBits shape, Stream queries, Stream keys, boolean ofKeys) implements PlannedOutput {}
}
