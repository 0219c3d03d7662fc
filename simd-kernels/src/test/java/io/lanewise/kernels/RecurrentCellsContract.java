package io.lanewise.kernels;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

abstract class RecurrentCellsContract {

    private static final int ROUNDINGS = 24; // of a state: some each of sums, three functions, and what is made of them

    private final Kernels kernels;

    RecurrentCellsContract(Kernels kernels) {
        this.kernels = kernels;
    }

    @Test
    void shouldAdvanceGatedUnits() {
        for (int vectors = 1; vectors <= 5; vectors++) {
            int gate = vectors * kernels.lanes();
            GuardedRows products = rows(3, 3 * gate, 1);
            GuardedRows gates = rows(3, 3 * gate, 2);
            GuardedRows before = rows(3, 3 * gate, 2);
            GuardedRows old = rows(3, gate, 3);
            GuardedRows state = rows(3, gate, 3);
            float[] snapshot = products.snapshot();
            kernels.gruCell(state.rows, products.rows, gates.rows, gate);
            state.assertGuards();
            gates.assertGuards();
            products.assertUnchanged(snapshot);
            Oracle.assertClose("gate=" + gate, state.rows, gate, (row, i) -> {
                double r = sigmoid(sum(products, before, row, i));
                double z = sigmoid(sum(products, before, row, gate + i));
                double n = Math.tanh(products.rows.get(row, 2 * gate + i) + r * before.rows.get(row, 2 * gate + i));
                return (1 - z) * n + z * old.rows.get(row, i);
            }, ROUNDINGS, (_, _) -> 1);
        }
    }

    @Test
    void shouldAdvanceMemories() {
        for (int vectors = 1; vectors <= 5; vectors++) {
            int gate = vectors * kernels.lanes();
            GuardedRows products = rows(3, 4 * gate, 1);
            GuardedRows gates = rows(3, 4 * gate, 2);
            GuardedRows before = rows(3, 4 * gate, 2);
            GuardedRows old = rows(3, gate, 3);
            GuardedRows memory = rows(3, gate, 3);
            GuardedRows state = rows(3, gate, 4);
            kernels.lstmCell(state.rows, memory.rows, products.rows, gates.rows, gate);
            state.assertGuards();
            memory.assertGuards();
            Oracle.assertClose("memory, gate=" + gate, memory.rows, gate,
                    (row, i) -> memory(products, before, old, row, i, gate), ROUNDINGS, (_, _) -> 1);
            Oracle.assertClose("state, gate=" + gate, state.rows, gate,
                    (row, i) -> sigmoid(sum(products, before, row, 3 * gate + i))
                            * Math.tanh(memory(products, before, old, row, i, gate)),
                    ROUNDINGS, (_, _) -> 1);
        }
    }

    @Test
    void shouldKeepZerosWhereNothingIs() {
        int gate = kernels.lanes();
        GuardedRows products = new GuardedRows(1, 4 * gate, 4 * gate);
        GuardedRows gates = new GuardedRows(1, 4 * gate, 4 * gate);
        GuardedRows state = new GuardedRows(1, gate, gate);
        GuardedRows memory = new GuardedRows(1, gate, gate);
        kernels.gruCell(state.rows, products.rows, gates.rows, gate);
        assertTrue(state.rows.areZero());
        kernels.lstmCell(state.rows, memory.rows, products.rows, gates.rows, gate);
        assertTrue(state.rows.areZero());
        assertTrue(memory.rows.areZero());
    }

    @Test
    void shouldSaturateAndKeepNotANumberInItsCell() {
        int gate = kernels.lanes();
        GuardedRows products = new GuardedRows(1, 3 * gate, 3 * gate);
        GuardedRows gates = new GuardedRows(1, 3 * gate, 3 * gate);
        GuardedRows state = new GuardedRows(1, gate, gate).random(1, gate);
        float kept = state.rows.get(0, 0);
        products.rows.set(0, gate, 1000); // z = 1: the state stays
        products.rows.set(0, gate + 1, -1000); // z = 0: the candidate, tanh(1000)
        products.rows.set(0, 2 * gate + 1, 1000);
        products.rows.set(0, 2 * gate + 2, Float.NaN);
        kernels.gruCell(state.rows, products.rows, gates.rows, gate);
        assertEquals(kept, state.rows.get(0, 0));
        assertEquals(1, state.rows.get(0, 1));
        assertTrue(Float.isNaN(state.rows.get(0, 2)));
        assertTrue(Float.isFinite(state.rows.get(0, 3)));
    }

    private static double memory(GuardedRows products, GuardedRows gates, GuardedRows old, int row, int i, int gate) {
        return sigmoid(sum(products, gates, row, gate + i)) * old.rows.get(row, i)
                + sigmoid(sum(products, gates, row, i)) * Math.tanh(sum(products, gates, row, 2 * gate + i));
    }

    private static double sum(GuardedRows products, GuardedRows gates, int row, int column) {
        return (double) products.rows.get(row, column) + gates.rows.get(row, column);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private GuardedRows rows(int count, int width, long seed) {
        return new GuardedRows(count, width, width + kernels.lanes()).random(seed, width);
    }
}
