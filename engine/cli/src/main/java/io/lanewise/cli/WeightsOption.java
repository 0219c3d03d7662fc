package io.lanewise.cli;

import io.lanewise.WeightStorage;
import picocli.CommandLine.Option;

/** How a command keeps weights. */
final class WeightsOption {

    @Option(names = "--weights", paramLabel = "WHAT", defaultValue = "exact", description = {
            "How weights of linear layers are kept: exact (default), f32, or rounded: bf16 in half the memory of floats, int8 "
                    + "in a quarter."})
    private WeightStorage weights;

    /** Returns what was asked for. */
    WeightStorage storage() {
        return weights;
    }
}
