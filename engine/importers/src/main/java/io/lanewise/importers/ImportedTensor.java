package io.lanewise.importers;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

import io.lanewise.weights.TensorType;

/**
 * A tensor of an imported file.
 *
 * @param type the element type
 * @param shape the dimensions, slowest first; empty for a scalar
 * @param bytes reads or makes the elements, row-major and little endian, anew each time
 */
public record ImportedTensor(TensorType type, List<Long> shape, Supplier<MemorySegment> bytes) {

    /** Returns how many bytes the elements take. */
    public long size() {
        return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    }

    /** Copies the shape. */
    public ImportedTensor {
        shape = List.copyOf(shape);
    }
}
