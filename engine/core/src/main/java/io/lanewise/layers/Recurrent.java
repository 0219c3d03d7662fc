package io.lanewise.layers;

import java.util.List;
import java.util.Locale;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Cell;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** A recurrent stack by itself, PyTorch's {@code GRU} or {@code LSTM}: several layers, one direction or both, ragged lengths. */
final class Recurrent implements LayerKind {

    private final String name;
    private final Cell cell;

    Recurrent(String name, Cell cell) {
        this.name = name;
        this.cell = cell;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input");
    }

    @Override
    public void describe(LayerScope layer) {
        RecurrentStack.Shape shape = RecurrentStack.Shape.of(layer);
        if (shape.cell() != cell) {
            throw new LanewiseException("weight_hh_l0 must have %d rows a column for %s: it has %d"
                    .formatted(cell.gates(), name, shape.cell().gates()));
        }
        int features = layer.weights().sizeExactly("weight_ih_l0", 1);
        layer.config().confirm("input", features);
        confirm(layer.config(), "", shape);
        layer.config().confirm("layers", shape.layers());
        layer.config().confirm("bidirectional", Boolean.toString(shape.bidirectional()));
        Value x = layer.input("input", Length.trimmed("input", 1), features);
        RecurrentStack stack = RecurrentStack.of(layer, shape, x);
        layer.output("output", stack.output());
        output(layer, "h_n", stack.hidden());
        if (cell == Cell.LSTM) {
            output(layer, "c_n", stack.cells());
        }
    }

    private static void output(LayerScope layer, String name, List<Value> states) {
        layer.output(name, layer.add(new Op.Stack(RecurrentStack.endToEnd(layer, states), states.size())));
    }

    /** Checks what a stack's weights tell against the settings of an encoder, whose names begin with {@code prefix}. */
    static void confirm(LayerConfig config, String prefix, RecurrentStack.Shape shape) {
        config.confirm("hidden", shape.hidden());
        config.confirm(prefix + "rnn_cell", shape.cell().name().toLowerCase(Locale.ROOT));
        config.confirm(prefix + "rnn_layers", shape.layers());
        config.confirm(prefix + "bidirectional", Boolean.toString(shape.bidirectional()));
    }
}
