package io.lanewise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.lanewise.layers.PositionTable;
import io.lanewise.weights.Checkpoint;

/**
 * A layer of any kind with weights from a seed, named as the specification names them. Immutable.
 *
 * @param inner features between the two halves of a feed-forward, where the kind lets them differ
 * @param maxLength rows of a position table, less one
 * @param plainConcat whether a concat layer has one plain weight instead of a pair
 * @param settings what the metadata says besides layer, hidden, heads and layers
 */
public record RandomLayer(String kind, int hidden, int heads, int inner, int layers, int maxLength, boolean plainConcat,
        Map<String, String> settings, long seed) {

    /** Makes a layer of the kind with one head, two layers if it is a stack, and the kind's own defaults. */
    public static RandomLayer of(String kind, int hidden, long seed) {
        return new RandomLayer(kind, hidden, 1, 2 * hidden, 2, 32, false, Map.of(), seed);
    }

    /** Returns the layer in every form that the kind has. */
    public List<RandomLayer> forms() {
        List<RandomLayer> forms = new ArrayList<>(List.of(this));
        switch (kind) {
            case "single-attention", "single-attention-stack" -> forms.add(with("residual", "projected_query"));
            case "co-concat-attention", "co-siamese-attention", "co-concat-attention-stack",
                    "co-siamese-attention-stack" ->
                forms.add(withPlainConcat());
            case "scaled-dot-product-attention", "crossover-transformer" -> forms.add(with("key_mask", "none"));
            case "multi-head-attention", "soft-knn" -> forms.add(with("key_mask", "padding"));
            case "self-transformer", "masked-crossover-transformer" -> forms.add(with("position", "sinusoidal"));
            default -> {
                // one form
            }
        }
        return forms;
    }

    /** Returns the same layer with other heads. */
    public RandomLayer withHeads(int count) {
        return new RandomLayer(kind, hidden, count, inner, layers, maxLength, plainConcat, settings, seed);
    }

    /** Returns the same layer with another position table. */
    public RandomLayer withMaxLength(int rows) {
        return new RandomLayer(kind, hidden, heads, inner, layers, rows, plainConcat, settings, seed);
    }

    /** Returns the same layer with plain concat weights. */
    public RandomLayer withPlainConcat() {
        return new RandomLayer(kind, hidden, heads, inner, layers, maxLength, true, settings, seed);
    }

    /** Returns the same layer with one more setting. */
    public RandomLayer with(String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return new RandomLayer(kind, hidden, heads, inner, layers, maxLength, plainConcat, Map.copyOf(more), seed);
    }

    /** Says whether heads are read from rows by reshape, so that the padded length is part of what is computed. */
    public boolean reshapesHeads() {
        return heads > 1 && List.of("multi-head-attention", "soft-knn", "crossover-transformer").contains(kind);
    }

    /** Says whether keys that are padding are left out. */
    public boolean masksKeys() {
        String fallback = List.of("multi-head-attention", "soft-knn").contains(kind) ? "none" : "padding";
        return settings.getOrDefault("key_mask", fallback).equals("padding");
    }

    /** Makes a model of it. */
    public Model model() {
        return Model.of(checkpoint().build(), ModelOptions.defaults());
    }

    /** Makes the weights. */
    public Checkpoint.Builder checkpoint() {
        Checkpoint.Builder checkpoint = Checkpoint.builder().metadata("layer", kind)
                .metadata("hidden", Integer.toString(hidden)).metadata("heads", Integer.toString(heads))
                .metadata("layers", Integer.toString(layers)).metadata("scale", Double.toString(1 / Math.sqrt(hidden)));
        settings.forEach(checkpoint::metadata);
        new Weights(this, checkpoint, new Random(seed)).add();
        return checkpoint;
    }

    @Override
    public String toString() {
        return "%s hidden=%d heads=%d%s %s seed=%d".formatted(kind, hidden, heads, plainConcat ? " plain" : "",
                settings, seed);
    }

    /** Adds weights to a checkpoint in the order of the specification. */
    private record Weights(RandomLayer layer, Checkpoint.Builder checkpoint, Random random) {

        void add() {
            switch (layer.kind) {
                case "padding-masks", "scaled-dot-product-attention", "masked-scaled-dot-product-attention" -> {
                    // no weights
                }
                case "self-transformer" -> {
                    stack("");
                    positions("pos_embedding");
                }
                case "masked-crossover-transformer", "crossover-transformer" -> {
                    stack("");
                    positions("q_pos_embedding");
                    positions("v_pos_embedding");
                }
                case "self-attention-stack", "single-attention-stack", "co-attention-stack",
                        "co-concat-attention-stack", "co-siamese-attention-stack" ->
                    stack("");
                default -> part(layer.kind, "");
            }
        }

        private void stack(String prefix) {
            for (int i = 0; i < layer.layers; i++) {
                part(layer.kind, prefix + "encoder_layers." + i + ".");
            }
        }

        private void part(String kind, String prefix) {
            switch (kind) {
                case "self-attention", "single-attention", "self-attention-stack", "single-attention-stack" ->
                    attention(prefix, ".weight_raw", "q", "k", "v", "final");
                case "masked-multi-head-attention" -> attention(prefix, ".weight", "q", "k", "v", "final");
                case "multi-head-attention" -> {
                    attention(prefix, ".weight", "q", "k", "v", "final");
                    norm(prefix + "layer_norm");
                }
                case "soft-knn" -> attention(prefix, ".weight", "q", "k", "v");
                case "masked-position-wise-feed-forward" -> {
                    matrix(prefix + "w1.weight", layer.inner, layer.hidden);
                    matrix(prefix + "w2.weight", layer.hidden, layer.inner);
                }
                case "position-wise-feed-forward" -> {
                    convolution(prefix + "w1");
                    convolution(prefix + "w2");
                    norm(prefix + "layer_norm");
                }
                case "self-transformer-layer", "self-transformer" -> {
                    part("masked-multi-head-attention", prefix + "transformer.");
                    part("masked-position-wise-feed-forward", prefix + "feed_forward.");
                }
                case "masked-crossover-transformer" ->
                    crossover(prefix, "masked-multi-head-attention", "masked-position-wise-feed-forward");
                case "crossover-transformer" ->
                    crossover(prefix, "multi-head-attention", "position-wise-feed-forward");
                default -> twoStreams(kind, prefix);
            }
        }

        private void twoStreams(String kind, String prefix) {
            attention(prefix, ".weight_raw", "question", "video", "v_question", "v_video");
            if (kind.startsWith("co-attention")) {
                attention(prefix, ".weight_raw", "final_qv", "final_vq");
            } else if (kind.startsWith("co-concat-attention")) {
                concatFinal(prefix + "linear_final_qv");
                concatFinal(prefix + "linear_final_vq");
            } else {
                concatFinal(prefix + "linear_final");
            }
        }

        private void concatFinal(String name) {
            if (layer.plainConcat) {
                matrix(name + ".weight", layer.hidden, 2 * layer.hidden);
            } else {
                matrix(name + ".0.weight_raw", layer.hidden, 2 * layer.hidden);
                matrix(name + ".2.weight_raw", layer.hidden, layer.hidden);
            }
        }

        private void crossover(String prefix, String attention, String feedForward) {
            for (String stream : List.of("v", "q")) {
                part(attention, prefix + stream + "_transformer.");
                part(feedForward, prefix + stream + "_feed_forward.");
            }
        }

        private void attention(String prefix, String suffix, String... names) {
            for (String name : names) {
                matrix(prefix + "linear_" + name + suffix, layer.hidden, layer.hidden);
            }
        }

        private void convolution(String name) {
            checkpoint.weight(name + ".weight", numbers(layer.hidden * layer.hidden, 0, scale(layer.hidden)),
                    layer.hidden, layer.hidden, 1);
            checkpoint.weight(name + ".bias", numbers(layer.hidden, 0, 0.5), layer.hidden);
        }

        private void norm(String name) {
            checkpoint.weight(name + ".weight", numbers(layer.hidden, 1, 0.25), layer.hidden);
            checkpoint.weight(name + ".bias", numbers(layer.hidden, 0, 0.5), layer.hidden);
        }

        private void positions(String name) {
            if (layer.kind.equals("crossover-transformer") || layer.settings.containsKey("position")) {
                checkpoint.weight(name + ".position_encoding.weight",
                        PositionTable.sinusoidal(layer.maxLength, layer.hidden), layer.maxLength + 1, layer.hidden);
            }
        }

        private void matrix(String name, int rows, int columns) {
            checkpoint.weight(name, numbers(rows * columns, 0, scale(columns)), rows, columns);
        }

        private static double scale(int columns) {
            return 1 / Math.sqrt(columns);
        }

        private float[] numbers(int count, double mean, double deviation) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (float) (mean + deviation * random.nextGaussian());
            }
            return numbers;
        }
    }
}
