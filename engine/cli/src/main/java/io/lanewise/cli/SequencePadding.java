package io.lanewise.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.Inputs;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Length;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/** Which rows of results are padding where samples have their own rows alone, and results are as long as the longest. */
final class SequencePadding {

    private final List<Value> brought;
    private final Inputs inputs;

    SequencePadding(Graph graph, Inputs inputs) {
        this.brought = graph.inputs();
        this.inputs = inputs;
    }

    /** Returns the rows of one of a length's sequences in the results, true where there is none; of each length that it is made of. */
    boolean[] of(Length length, int sequence) {
        if (!length.isDerived()) {
            return ofTold(length, sequence);
        }
        boolean[] all = {};
        for (Length part : length.of()) {
            boolean[] rows = of(part, sequence / (length.sequences() / part.sequences()));
            int end = all.length;
            all = Arrays.copyOf(all, end + rows.length);
            System.arraycopy(rows, 0, all, end, rows.length);
        }
        return all;
    }

    private boolean[] ofTold(Length length, int sequence) {
        int[] told = Stream.concat(names(length), Stream.of(length.name())).map(inputs::lengths)
                .flatMap(lengths -> lengths.stream()).findFirst().orElse(null);
        int rows = told == null
                ? Math.toIntExact(inputs.length(names(length).findFirst().orElseThrow()))
                : Arrays.stream(told).max().orElse(0);
        boolean[] padding = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            padding[row] = told != null && row >= told[sequence];
        }
        return padding;
    }

    /** Returns the inputs of a length. */
    private Stream<String> names(Length length) {
        return brought.stream().filter(input -> length(input).equals(length))
                .map(input -> ((Op.Given) input.op()).name());
    }

    private static Length length(Value input) {
        return switch (input.shape()) {
            case Shape.Indices indices -> indices.length();
            case Shape.Pairs pairs -> pairs.queries();
            default -> input.rows().length();
        };
    }
}
