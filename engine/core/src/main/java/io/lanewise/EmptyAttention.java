package io.lanewise;

/** What a valid query attends to when all its keys are padding. */
public enum EmptyAttention {
    /** Nothing: its attention is 0 for every key. */
    ZERO(0),
    /** Not a number, as PyTorch's softmax over nothing but {@code -inf} gives. */
    NAN(Float.NaN);

    private final float fill;

    EmptyAttention(float fill) {
        this.fill = fill;
    }

    float fill() {
        return fill;
    }
}
