package io.lanewise.kernels;

/** What is applied to a linear layer's result as it is stored. */
public enum Activation {
    /** The result as it is. */
    NONE,
    /** {@code max(x, 0)}; NaN stays NaN, as in PyTorch. */
    RELU
}
