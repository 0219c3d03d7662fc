package io.lanewise.layers;

import io.lanewise.graph.Value;

/**
 * What an encoder of HGA makes of a stream behind its recurrent stack.
 *
 * @param encoded its rows
 * @param last one row, of the last states
 */
record EncodedStream(Value encoded, Value last) {

    /** Lets the compressions be there that the stack does not need: a checkpoint has all four. */
    static void tolerateCompressions(LayerScope encoder) {
        encoder.weights().tolerate(name -> name.matches("compress_(output|hn_bi|hn_layers|hn_layers_bi)\\.weight"));
    }

    /** Returns what the weights of the stack tell. */
    static RecurrentStack.Shape shape(LayerScope encoder) {
        return RecurrentStack.Shape.of(encoder.part("rnn"));
    }

    /**
     * Writes the stack and what follows it down; of the two, one that is not needed is left out (null) where its weight is not
     * there.
     */
    static EncodedStream of(LayerScope encoder, RecurrentStack.Shape shape, Value x, boolean needsEncoded,
            boolean needsLast) {
        RecurrentStack stack = RecurrentStack.of(encoder.part("rnn"), shape, x);
        Value states = RecurrentStack.endToEnd(encoder, stack.hidden());
        return new EncodedStream(
                compressed(encoder, stack.output(), shape.bidirectional() ? "compress_output" : null, shape,
                        needsEncoded),
                compressed(encoder, states, compressLast(shape), shape, needsLast));
    }

    /** Returns the weight that last states are compressed by, or null where there is but one. */
    private static String compressLast(RecurrentStack.Shape shape) {
        if (shape.layers() == 1) {
            return shape.bidirectional() ? "compress_hn_bi" : null;
        }
        return shape.bidirectional() ? "compress_hn_layers_bi" : "compress_hn_layers";
    }

    private static Value compressed(LayerScope encoder, Value x, String weight, RecurrentStack.Shape shape,
            boolean isNeeded) {
        if (weight == null) {
            return x;
        }
        return isNeeded || encoder.weights().has(weight, shape.hidden(), x.rows().features())
                ? encoder.relu(encoder.linear(x, weight, shape.hidden()))
                : null;
    }
}
