package io.lanewise.bench;

import java.util.random.RandomGenerator;

import io.lanewise.graph.Notation;
import io.lanewise.layers.PositionTable;
import io.lanewise.weights.Checkpoint;

/**
 * Makes a checkpoint of any kind of layer, under the names of the published ones: linear layers uniform within
 * {@code ±1/√fan-in}, as PyTorch starts them, norms near 1, positions sinusoidal. Single attention has the residual that the
 * published weights were trained with, soft-kNN one head, and concat layers a pair of final weights.
 */
final class SeededWeights {

    private static final String STACK = "-stack";

    private final Checkpoint.Builder checkpoint = Checkpoint.builder();
    private final LayerSizes sizes;
    private final RandomGenerator random;

    private SeededWeights(LayerSizes sizes, RandomGenerator random) {
        this.sizes = sizes;
        this.random = random;
    }

    /**
     * Makes the weights and settings of one layer.
     *
     * @throws IllegalArgumentException if nobody wrote down the weights of this kind yet
     */
    static Checkpoint of(String kind, LayerSizes sizes, RandomGenerator random) {
        SeededWeights weights = new SeededWeights(sizes, random);
        weights.settings(kind);
        weights.layer(kind, "");
        return weights.checkpoint.build();
    }

    /** A kind reads the settings that it knows. */
    private void settings(String kind) {
        checkpoint.metadata("layer", kind)
                .metadata("hidden", Integer.toString(sizes.hidden()))
                .metadata("heads", Integer.toString(kind.equals("soft-knn") ? 1 : sizes.heads()))
                .metadata("scale", Double.toString(Notation.inverseRoot(sizes.hidden())))
                .metadata("residual", "projected_query")
                .metadata("position", "sinusoidal");
    }

    private void layer(String kind, String prefix) {
        switch (kind) {
            case "padding-masks", "scaled-dot-product-attention", "masked-scaled-dot-product-attention" -> {
            }
            case "self-attention", "single-attention", "masked-multi-head-attention" ->
                square(prefix, "linear_q", "linear_k", "linear_v", "linear_final");
            case "multi-head-attention" -> {
                square(prefix, "linear_q", "linear_k", "linear_v", "linear_final");
                affineNorm(prefix + "layer_norm");
            }
            case "soft-knn" -> square(prefix, "linear_q", "linear_k", "linear_v");
            case "co-attention", "co-concat-attention", "co-siamese-attention" -> twoStreams(kind, prefix);
            case "position-wise-feed-forward" -> positionWise(prefix);
            case "masked-position-wise-feed-forward" -> {
                linear(prefix + "w1", sizes.feedForward(), sizes.hidden());
                linear(prefix + "w2", sizes.hidden(), sizes.feedForward());
            }
            case "self-transformer-layer" -> {
                layer("masked-multi-head-attention", prefix + "transformer.");
                layer("masked-position-wise-feed-forward", prefix + "feed_forward.");
            }
            case "self-transformer" -> {
                layers("self-transformer-layer");
                positions("pos_embedding", sizes.video());
            }
            case "crossover-transformer" -> crossover("multi-head-attention", "position-wise-feed-forward");
            case "masked-crossover-transformer" ->
                crossover("masked-multi-head-attention", "masked-position-wise-feed-forward");
            default -> stack(kind);
        }
    }

    private void twoStreams(String kind, String prefix) {
        square(prefix, "linear_question", "linear_video", "linear_v_question", "linear_v_video");
        switch (kind) {
            case "co-attention" -> square(prefix, "linear_final_qv", "linear_final_vq");
            case "co-concat-attention" -> {
                concatFinal(prefix + "linear_final_qv");
                concatFinal(prefix + "linear_final_vq");
            }
            default -> concatFinal(prefix + "linear_final");
        }
    }

    private void concatFinal(String name) {
        linear(name + ".0", sizes.hidden(), 2 * sizes.hidden());
        linear(name + ".2", sizes.hidden(), sizes.hidden());
    }

    private void positionWise(String prefix) {
        int features = sizes.hidden();
        for (String name : new String[]{prefix + "w1", prefix + "w2"}) {
            double bound = Notation.inverseRoot(features);
            checkpoint.weight(name + ".weight", uniform(features * features, -bound, bound), features, features, 1);
            checkpoint.weight(name + ".bias", uniform(features, -bound, bound), features);
        }
        affineNorm(prefix + "layer_norm");
    }

    private void stack(String kind) {
        if (!kind.endsWith(STACK)) {
            throw new IllegalArgumentException("kind must be one whose weights are written down here: kind=" + kind);
        }
        layers(kind.substring(0, kind.length() - STACK.length()));
    }

    private void layers(String kind) {
        for (int i = 0; i < sizes.layers(); i++) {
            layer(kind, "encoder_layers." + i + ".");
        }
    }

    private void crossover(String attention, String feedForward) {
        for (int i = 0; i < sizes.layers(); i++) {
            for (String stream : new String[]{"v", "q"}) {
                layer(attention, "encoder_layers." + i + "." + stream + "_transformer.");
                layer(feedForward, "encoder_layers." + i + "." + stream + "_feed_forward.");
            }
        }
        positions("q_pos_embedding", sizes.question());
        positions("v_pos_embedding", sizes.video());
    }

    // ---------------------------------------------------------------- weights

    private void square(String prefix, String... names) {
        for (String name : names) {
            linear(prefix + name, sizes.hidden(), sizes.hidden());
        }
    }

    private void linear(String name, int out, int in) {
        double bound = Notation.inverseRoot(in);
        checkpoint.weight(name + ".weight", uniform(out * in, -bound, bound), out, in);
    }

    private void affineNorm(String name) {
        checkpoint.weight(name + ".weight", uniform(sizes.hidden(), 0.5, 1.5), sizes.hidden());
        checkpoint.weight(name + ".bias", uniform(sizes.hidden(), -0.5, 0.5), sizes.hidden());
    }

    private void positions(String part, int rows) {
        checkpoint.weight(part + ".position_encoding.weight", PositionTable.sinusoidal(rows, sizes.hidden()), rows + 1,
                sizes.hidden());
    }

    private float[] uniform(int count, double least, double most) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(least, most);
        }
        return values;
    }
}
