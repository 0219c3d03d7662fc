package io.lanewise.weights;

import java.util.List;

/**
 * Describes one tensor of a file. Immutable.
 *
 * @param name   the tensor's name, unique in its file
 * @param type   the element type
 * @param shape  the dimensions, slowest first; empty for a scalar
 * @param offset where the data starts, in bytes from the start of the file
 * @param bytes  the size of the data in bytes
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long offset, long bytes) {
    /** Copies the shape. */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /**
     * Counts the elements.
     *
     * @return the product of the dimensions; 1 for a scalar, 0 if a dimension is 0
     */
    public long elements() {
        return shape.stream().reduce(1L, (left, right) -> left * right); // some types have several in a byte
    }

    /**
     * Says type and shape in short.
     *
     * @return for example {@code F32 [48, 96]}
     */
    public String describe() {
        return type + " " + shape;
    }
}
