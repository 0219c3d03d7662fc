package io.lanewise.misuse;

import java.util.List;

import io.lanewise.Model;
import io.lanewise.RandomLayer;

/** The layers of a world: one input, two with an order of lengths, one that may come besides, and outputs that are no floats. */
enum Kind {
    SELF(RandomLayer.of("self-attention", Cells.FEATURES, 1), "input"), CO(
            RandomLayer.of("co-attention", Cells.FEATURES, 2), "question",
            "video"), HEADS(RandomLayer.of("masked-multi-head-attention", Cells.FEATURES, 3).withHeads(2), "query",
                    "key", "value"), MASKS(RandomLayer.of("padding-masks", Cells.FEATURES, 4), "query", "key");

    private final RandomLayer layer;
    private final List<String> inputs;

    Kind(RandomLayer layer, String... inputs) {
        this.layer = layer;
        this.inputs = List.of(inputs);
    }

    Model model() {
        return layer.model();
    }

    String layer() {
        return layer.kind();
    }

    /** Returns names for a run: all inputs, all but the last, none, or one too many. */
    List<String> names(int choice) {
        return switch (choice) {
            case 0 -> inputs.subList(0, Math.max(1, inputs.size() - 1));
            case 1 -> List.of();
            case 2 -> List.of("input", "query", "other");
            default -> inputs;
        };
    }
}
