package io.lanewise.kernels.scalar;

import io.lanewise.kernels.Activation;
import io.lanewise.memory.Rows;

/** The cells of recurrences: the next state of each row from the products of its gates. */
final class RecurrentCells {

    private RecurrentCells() {}

    static void gru(Rows state, Rows products, Rows gates, int gate) {
        for (int row = 0; row < state.count(); row++) {
            for (int i = 0; i < gate; i++) {
                float r = sigmoid(sum(products, gates, row, i));
                float z = sigmoid(sum(products, gates, row, gate + i));
                float n = tanh(Fused.multiplyAdd(r, gates.get(row, 2 * gate + i), products.get(row, 2 * gate + i)));
                state.set(row, i, Fused.multiplyAdd(1 - z, n, z * state.get(row, i)));
            }
        }
    }

    static void lstm(Rows state, Rows memory, Rows products, Rows gates, int gate) {
        for (int row = 0; row < state.count(); row++) {
            for (int i = 0; i < gate; i++) {
                float in = sigmoid(sum(products, gates, row, i));
                float forget = sigmoid(sum(products, gates, row, gate + i));
                float g = tanh(sum(products, gates, row, 2 * gate + i));
                float out = sigmoid(sum(products, gates, row, 3 * gate + i));
                memory.set(row, i, Fused.multiplyAdd(in, g, forget * memory.get(row, i)));
                state.set(row, i, out * tanh(memory.get(row, i)));
            }
        }
    }

    private static float sum(Rows products, Rows gates, int row, int column) {
        return products.get(row, column) + gates.get(row, column);
    }

    private static float sigmoid(float x) {
        return Activations.apply(Activation.SIGMOID, x);
    }

    private static float tanh(float x) {
        return Activations.apply(Activation.TANH, x);
    }
}
