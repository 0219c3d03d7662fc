package io.lanewise.importers.onnx;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.importers.onnx.Recovery.Parts;

/** The sizes that all layers share, found in the first and asked of the others. */
final class LayerSizes {

    private static final List<String> ACTIVATIONS = List.of("gelu", "gelu_pytorch_tanh", "relu", "tanh", "silu");

    private static final List<String> MASKS = List.of("mask", "subtracted", "hidden", "visible");

    private final Parts parts;
    private final Trials trials;
    private final WeightNames weights;
    private int features;
    private int intermediate;
    private int heads;
    private String activation;

    /** Where there is no layer, an encoder has as many features as its table. */
    LayerSizes(Parts parts, WeightNames weights, int columns) {
        this.parts = parts;
        this.trials = parts.trials();
        this.weights = weights;
        if (parts.layers().isEmpty()) {
            throw new LanewiseException("an encoder must have a layer: found embeddings alone, of " + columns
                    + " features");
        }
        Match first = parts.layers().getFirst();
        features = weights.linear(first, "output").rows();
        intermediate = weights.linear(first, "intermediate").rows();
        activation = activation(first);
        Sample split = trials.first().of(first.get("heads"));
        if (split == null || split.rank() != 4 || split.shape()[1] < 1) {
            throw refused(first, "heads", "heads split as [batch, heads, length, size]");
        }
        heads = split.shape()[1];
    }

    int features() {
        return features;
    }

    int intermediate() {
        return intermediate;
    }

    int heads() {
        return heads;
    }

    String activation() {
        return activation;
    }

    /** Returns the activation that a layer has, by what {@code config.json} calls it. */
    static String activation(Match layer) {
        return ACTIVATIONS.stream().filter(layer::has).findFirst().orElseThrow();
    }

    void check(Match layer) {
        for (String part : List.of("query", "key", "value", "attention.output")) {
            checkLinear(layer, part, features, features);
        }
        checkLinear(layer, "intermediate", intermediate, features);
        checkLinear(layer, "output", features, intermediate);
        if (!activation(layer).equals(activation)) {
            throw refused(layer, "output", "the activation " + activation);
        }
        int size = features / heads;
        boolean isSplit = trials.isHeads(layer.get("heads"), heads, size)
                && trials.isHeads(layer.get("values"), heads, size)
                && trials.isTransposedHeads(layer.get("keys"), heads, size)
                && (!layer.has("keys.list") || trials.isListOfHeads(layer.get("keys.list"), heads, size));
        if (!isSplit || !trials.isRows(layer.get("output"), features)) {
            throw refused(layer, "heads", "heads split as [batch, %d, length, %d]".formatted(heads, size));
        }
        if (!trials.isProduct(layer.all("factor"), layer.all("divisor"), 1 / Math.sqrt(size))) {
            throw refused(layer, "heads", "scores divided by the root of " + size);
        }
        checkMask(layer);
    }

    private void checkLinear(Match layer, String part, int rows, int columns) {
        RecoveredWeight weight = weights.linear(layer, part);
        if (weight.rows() != rows || weight.columns() != columns) {
            throw refused(layer, part, "a weight [%d, %d], found %s".formatted(rows, columns, weight.shape()));
        }
    }

    private void checkMask(Match layer) {
        String mask = MASKS.stream().filter(layer::has).findFirst().orElse("heads");
        boolean isMask = switch (mask) {
            case "mask" -> trials.isAddedMask(layer.get(mask));
            case "subtracted" -> trials.isSubtractedMask(layer.get(mask));
            case "hidden" -> trials.isLow(layer.get("lowest")) && trials.isHidden(layer.get(mask));
            case "visible" -> trials.isLow(layer.get("lowest")) && trials.isVisible(layer.get(mask));
            default -> parts.graph().inputs().stream() // one text at a time, without padding
                    .noneMatch(List.of(Trial.MASK, Trial.PADDING_MASK)::contains);
        };
        if (!isMask) {
            throw refused(layer, mask, "a mask of padding, and of nothing else");
        }
    }

    private LanewiseException refused(Match layer, String part, String expected) {
        return new LanewiseException("a layer must have what it has in encoders: %s, expected %s".formatted(
                parts.graph().describe(layer.get(part)), expected));
    }
}
