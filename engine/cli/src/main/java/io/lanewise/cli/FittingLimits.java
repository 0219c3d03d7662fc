package io.lanewise.cli;

import java.util.Arrays;

import io.lanewise.Inputs;
import io.lanewise.SessionOptions;

/** Finds the smallest session that inputs fit in. */
final class FittingLimits {

    private FittingLimits() {}

    /** Returns options for the inputs' names, batch and lengths; a tensor of no legal shape is left to be refused. */
    static SessionOptions of(Inputs inputs, SessionOptions options) {
        SessionOptions fitting = options.inputs(inputs.names().toArray(String[]::new)).maxLength(1);
        int batch = 1;
        for (String name : inputs.names()) {
            long[] shape = inputs.shape(name);
            if (isLegal(shape)) {
                batch = Math.max(batch, Math.toIntExact(shape[0]));
                fitting = fitting.maxLength(name, Math.toIntExact(inputs.length(name)));
            }
        }
        return fitting.maxBatch(batch);
    }

    private static boolean isLegal(long[] shape) {
        return (shape.length == 2 || shape.length == 3) && Arrays.stream(shape).allMatch(size -> size > 0);
    }
}
