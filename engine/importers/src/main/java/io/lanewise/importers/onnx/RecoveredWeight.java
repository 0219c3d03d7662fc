package io.lanewise.importers.onnx;

import java.util.List;
import java.util.function.Supplier;

/**
 * A weight as PyTorch has it.
 *
 * @param shape the dimensions, slowest first
 * @param floats makes the values, row-major, anew each time
 */
public record RecoveredWeight(List<Long> shape, Supplier<float[]> floats) {

    int rows() {
        return shape.getFirst().intValue();
    }

    int columns() {
        return shape.getLast().intValue();
    }
}
