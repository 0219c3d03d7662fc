package io.lanewise.layers;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Cell;
import io.lanewise.graph.Op;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Value;

/**
 * Recurrences layer on layer, each in one or both directions, as PyTorch's {@code GRU} and {@code LSTM} are and name their weights.
 *
 * @param output of the last layer, {@code [forward ; reverse]} at each step
 * @param hidden the last states, layer by layer, forward before reverse
 * @param cells likewise the cells of an LSTM; empty for a GRU
 */
record RecurrentStack(Value output, List<Value> hidden, List<Value> cells) {

    private static final int DIGITS = 4;

    /**
     * What the names and shapes of the weights tell.
     *
     * @param hidden features of a state
     */
    record Shape(Cell cell, int hidden, int layers, boolean bidirectional) {

        static Shape of(LayerScope stack) {
            LayerWeights weights = stack.weights();
            int hidden = weights.sizeExactly("weight_hh_l0", 1);
            int gates = weights.sizeExactly("weight_hh_l0", 0);
            int layers = weights.highest("weight_ih_l", DIGITS);
            LayerScope.requireAllowed(layers);
            return new Shape(cell(gates, hidden), LayerScope.allowed("weight_hh_l0", hidden), layers,
                    weights.hasExactly("weight_ih_l0_reverse"));
        }

        private static Cell cell(int gates, int hidden) {
            for (Cell cell : Cell.values()) {
                if (gates == (long) cell.gates() * hidden) {
                    return cell;
                }
            }
            throw new LanewiseException(
                    "weight_hh_l0 must have 3 rows a column (GRU) or 4 (LSTM): rows=%d, columns=%d".formatted(gates,
                            hidden));
        }

        int directions() {
            return bidirectional ? 2 : 1;
        }
    }

    /** Writes a stack down over rows of any number of features. */
    static RecurrentStack of(LayerScope stack, Shape shape, Value x) {
        List<Value> hidden = new ArrayList<>();
        List<Value> cells = new ArrayList<>();
        Value output = x;
        for (int layer = 0; layer < shape.layers(); layer++) {
            Value input = output;
            output = direction(stack, shape, input, "_l" + layer, false, hidden, cells);
            if (shape.bidirectional()) {
                Value reverse = direction(stack, shape, input, "_l" + layer + "_reverse", true, hidden, cells);
                output = stack.concat(output, reverse);
            }
        }
        return new RecurrentStack(output, hidden, cells);
    }

    private static Value direction(LayerScope stack, Shape shape, Value x, String suffix, boolean reverse,
            List<Value> lastHidden, List<Value> lastCells) {
        LayerWeights weights = stack.weights();
        int hidden = shape.hidden();
        int gates = shape.cell().gates() * hidden;
        Value products = stack.linear(x, weights.matrixExactly("weight_ih" + suffix, gates, x.rows().features()),
                weights.vector("bias_ih" + suffix, gates));
        Value states = stack.recurrence(products, weights.matrixExactly("weight_hh" + suffix, gates, hidden),
                weights.vector("bias_hh" + suffix, gates), shape.cell(), reverse);
        RowPlace last = reverse ? RowPlace.FIRST : RowPlace.LAST;
        if (shape.cell() == Cell.GRU) {
            lastHidden.add(stack.select(states, last));
            return states;
        }
        Value output = stack.add(new Op.Slice(states, 0, hidden));
        lastHidden.add(stack.select(output, last));
        lastCells.add(stack.select(stack.add(new Op.Slice(states, hidden, hidden)), last));
        return output;
    }

    /** Lays states end to end, in their order. */
    static Value endToEnd(LayerScope stack, List<Value> states) {
        Value all = states.getFirst();
        for (Value state : states.subList(1, states.size())) {
            all = stack.concat(all, state);
        }
        return all;
    }
}
