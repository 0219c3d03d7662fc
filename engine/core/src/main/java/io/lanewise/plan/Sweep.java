package io.lanewise.plan;

import java.util.List;

/** A step that goes over its rows once: what it costs is what it moves, and it writes one slot. */
public sealed interface Sweep extends Step permits ActivateStep, AddStep, GateStep, NormStep, NormalizeStep, PoolStep,
        RelayoutStep, RmsNormStep, RotateStep, SelectStep, JoinStep, RepeatStep {

    /** Returns the slot written. */
    Slot result();

    @Override
    default List<Slot> writes() {
        return List.of(result());
    }

    @Override
    default Cost cost(RowCounts counts) {
        long floats = moved(counts, result());
        for (Slot slot : reads()) {
            floats += moved(counts, slot);
        }
        return new Cost(0, floats * Float.BYTES);
    }

    private static long moved(RowCounts counts, Slot slot) {
        return counts.rows(slot.stream()) * slot.layout().features();
    }
}
