package io.lanewise.graph;

/**
 * The values of a weight, or of something folded from weights. Immutable by agreement: nobody writes to {@code values}.
 *
 * @param name as people know it: the tensor's name in the checkpoint
 * @param shape a matrix {@code [out, in]} or a vector
 * @param values row-major
 */
public record Constant(String name, Shape shape, float[] values) {

    // Identity, not content: a weight is the tensor it came from, and comparing megabytes helps nobody.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
