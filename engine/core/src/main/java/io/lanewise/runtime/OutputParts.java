package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import io.lanewise.graph.Shape;
import io.lanewise.kernels.RowLayout;
import io.lanewise.memory.Rows;
import io.lanewise.plan.Slot;

/** Unpacks parts of the only row of each sample into a tensor a part, {@code [parts, B, features]}. */
final class OutputParts implements Unpacked {

    private final Rows from;
    private final RowLayout layout;
    private final Shape.Stacked shape;
    private final int stream;

    OutputParts(Workspace workspace, Slot slot, Shape.Stacked shape) {
        this.from = workspace.rows(slot);
        this.layout = slot.layout();
        this.shape = shape;
        this.stream = slot.stream().index();
    }

    @Override
    public void unpack(RowGroup group, MemorySegment output) {
        int batch = group.batch(stream).batch();
        for (int s = 0; s < group.sequences(stream); s++) {
            from.select(s, 1);
            for (int feature = 0; feature < shape.parts() * shape.features(); feature++) {
                long part = feature / shape.features();
                long cell = (part * batch + group.sequence(stream, s)) * shape.features() + feature % shape.features();
                output.set(ValueLayout.JAVA_FLOAT_UNALIGNED, cell * Float.BYTES, from.get(0, layout.column(feature)));
            }
        }
    }
}
