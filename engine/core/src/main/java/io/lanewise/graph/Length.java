package io.lanewise.graph;

/**
 * A sequence length that is known only when a layer runs: the rows of a stream such as {@code question} or {@code video}.
 *
 * @param name the input that brings it
 */
public record Length(String name) {

    @Override
    public String toString() {
        return name;
    }
}
