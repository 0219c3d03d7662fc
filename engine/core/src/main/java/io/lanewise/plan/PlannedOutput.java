package io.lanewise.plan;

import io.lanewise.graph.Choice;
import io.lanewise.graph.Shape;

/** Where a result comes from. */
public sealed interface PlannedOutput {

    /** Returns the result's shape, batch axis aside. */
    Shape shape();

    /** Returns the slot that holds the result when the passes are done, or null if steps write it themselves. */
    default Slot slotOrNull() {
        return switch (this) {
            case RowsOutput rows -> rows.slot();
            case NumbersOutput numbers -> numbers.slot();
            case StackedOutput parts -> parts.slot();
            case ChoicesOutput scores -> scores.slot();
            case AttentionOutput _,PairBitsOutput _ -> null;
        };
    }

    /** Rows that a slot holds when the passes are done. */
    record RowsOutput(Shape.Rows shape, Slot slot) implements PlannedOutput {}

    /** One number a sample, the only cell of a slot's rows. */
    record NumbersOutput(Shape.Numbers shape, Slot slot) implements PlannedOutput {}

    /** Parts of the only row of each sample, one tensor a part. */
    record StackedOutput(Shape.Stacked shape, Slot slot) implements PlannedOutput {}

    /** One whole number a sample, of the cells that a slot holds for it. */
    record ChoicesOutput(Shape.Choices shape, Slot slot, Choice choice) implements PlannedOutput {}

    /** An attention map, written by the step that computes it. */
    record AttentionOutput(Shape.Pairs shape, Stream queries, Stream keys) implements PlannedOutput {}

    /** One byte a pair: whether its key, or its query, is padding. */
    record PairBitsOutput(Shape.PairBits shape, Stream queries, Stream keys, boolean ofKeys) implements PlannedOutput {}
}
