package io.lanewise.runtime;

import io.lanewise.graph.Cell;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import io.lanewise.plan.RecurrenceStep;

/**
 * A recurrence at work, on a part of a group's sequences, longest first: those that have a row at a step are then the first, and their
 * states one below the other, so that a step is one product with the gates' weights and a cell a row. What a sequence becomes does
 * not depend on its place.
 */
final class BoundRecurrence implements BoundStep {

    private final Kernels kernels;
    private final Rows products;
    private final Rows[] states; // by part of the state: h, and c where there is one
    private final Rows[] now; // likewise, a row a sequence
    private final Rows gates; // a row a sequence
    private final PackedWeight weight;
    private final Cell cell;
    private final boolean reverse;
    private final int gate;
    private final int stream;
    private final int[] order; // of the group's sequences, longest first

    BoundRecurrence(RecurrenceStep step, Workspace workspace) {
        kernels = workspace.kernels();
        products = workspace.rows(step.products());
        cell = step.cell();
        states = new Rows[cell.states()];
        now = new Rows[cell.states()];
        for (int state = 0; state < states.length; state++) {
            states[state] = states.length == 1
                    ? workspace.rows(step.states())
                    : workspace.headColumns(step.states(), state);
            now[state] = workspace.recurrentState(step, state);
        }
        gates = workspace.recurrentGates(step);
        weight = workspace.constants().weight(step.weight());
        reverse = step.reverse();
        gate = step.weight().output().paddedDim();
        stream = step.states().stream().index();
        order = new int[gates.capacity()];
    }

    @Override
    public void run(RowGroup group, Part part) {
        int count = part.size(group.sequences(stream));
        sort(group, part.start(group.sequences(stream)), count);
        for (Rows state : now) {
            state.select(0, count).clear();
        }
        int longest = count == 0 ? 0 : group.live(stream, order[0]);
        for (int step = 0, active = count; step < longest; step++) {
            while (group.live(stream, order[active - 1]) <= step) {
                active--;
            }
            step(group, step, active);
        }
    }

    private void step(RowGroup group, int step, int active) {
        kernels.packedMatMul(gates.select(0, active), now[0].select(0, active), weight, false, Activation.NONE);
        for (int i = 0; i < active; i++) {
            int s = order[i];
            int place = reverse ? group.live(stream, s) - 1 - step : step;
            int row = group.start(stream, s) + place;
            advance(i, row);
            for (int state = 0; state < states.length; state++) {
                kernels.activate(states[state].select(row, 1), now[state], Activation.NONE);
            }
        }
    }

    private void advance(int i, int row) {
        for (Rows state : now) {
            state.select(i, 1);
        }
        switch (cell) {
            case GRU -> kernels.gruCell(now[0], products.select(row, 1), gates.select(i, 1), gate);
            case LSTM -> kernels.lstmCell(now[0], now[1], products.select(row, 1), gates.select(i, 1), gate);
        }
    }

    /** Orders sequences by length; they are few. */
    private void sort(RowGroup group, int first, int count) {
        for (int i = 0; i < count; i++) {
            int s = first + i;
            int length = group.live(stream, s);
            int place = i;
            for (; place > 0 && group.live(stream, order[place - 1]) < length; place--) {
                order[place] = order[place - 1];
            }
            order[place] = s;
        }
    }
}
