package io.lanewise.misuse;

import java.util.Arrays;
import java.util.List;

import io.lanewise.Inputs;
import io.lanewise.Tensor;

/** The inputs of a run: names, what each holds, and what is said of the padding of the first. */
record Arrangement(List<String> names, List<Cells> cells, Padding padding) {

    /** What is said of padding, of which the last three are mistakes. */
    enum Padding {
        NOT_TOLD, FULL, SHORTER, MARKS, TOO_LONG, TOO_MANY, TOO_FEW_MARKS
    }

    /** Returns the inputs with copies that nothing can happen to. */
    Inputs copies() {
        return inputs(cells.stream().map(Cells::copy).toList());
    }

    /** Returns the inputs with these tensors. */
    Inputs inputs(List<Tensor> tensors) {
        Inputs inputs = Inputs.none();
        for (int i = 0; i < names.size(); i++) {
            if (i == 0) {
                addFirst(inputs, tensors.getFirst());
            } else {
                inputs.and(names.get(i), tensors.get(i));
            }
        }
        return inputs;
    }

    private void addFirst(Inputs inputs, Tensor tensor) {
        int batch = cells.getFirst().batch();
        int length = cells.getFirst().length();
        String name = names.getFirst();
        switch (padding) {
            case NOT_TOLD -> inputs.and(name, tensor);
            case FULL -> inputs.and(name, tensor, lengths(batch, length));
            case SHORTER -> inputs.and(name, tensor, lengths(batch, length / 2));
            case MARKS -> inputs.andMasked(name, tensor, new boolean[batch][length]);
            case TOO_LONG -> inputs.and(name, tensor, lengths(batch, length + 1));
            case TOO_MANY -> inputs.and(name, tensor, lengths(batch + 1, length));
            case TOO_FEW_MARKS -> inputs.andMasked(name, tensor, new boolean[batch][length - 1]);
        }
    }

    private static int[] lengths(int batch, int length) {
        int[] lengths = new int[batch];
        Arrays.fill(lengths, length);
        return lengths;
    }
}
