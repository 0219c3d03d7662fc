package io.lanewise.graph;

/**
 * The cell of a recurrence, in PyTorch's order of gates. A gate's sum is {@code W·x + b + U·h + c}.
 *
 * <pre>
 *   GRU    r, z = σ(…)      n = tanh(W·x + b + r ∘ (U·h + c))      h' = (1 − z) ∘ n + z ∘ h
 *   LSTM   i, f, o = σ(…)   g = tanh(…)      c' = f ∘ c + i ∘ g    h' = o ∘ tanh(c')
 * </pre>
 */
public enum Cell {

    /** Gated recurrent unit: gates r, z, n; its state is h. */
    GRU(3, 1),
    /** Long short-term memory: gates i, f, g, o; its state is h and c. */
    LSTM(4, 2);

    private final int gates;
    private final int states;

    Cell(int gates, int states) {
        this.gates = gates;
        this.states = states;
    }

    /** Returns how many gates there are. */
    public int gates() {
        return gates;
    }

    /** Returns how many vectors a state is. */
    public int states() {
        return states;
    }
}
