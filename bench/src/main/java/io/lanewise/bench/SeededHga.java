package io.lanewise.bench;

import java.util.List;
import java.util.random.RandomGenerator;

import io.lanewise.graph.Notation;
import io.lanewise.weights.Checkpoint;

/**
 * The whole HGA at the published sizes with made-up weights: task Count, GRUs of one layer in both directions, one co-attention, three
 * graph convolutions, Blocks of 20 chunks in 15 ranks. Weights are uniform within {@code ±1/√fan-in}, as PyTorch starts them.
 */
final class SeededHga {

    static final String KIND = "hga";

    private static final int WORDS = 8000;
    private static final int EMBEDDING = 300;
    private static final int RESNET = 2048;
    private static final int C3D = 4096;
    private static final int MERGED = 1600;
    private static final int CHUNKS = 20;
    private static final int RANK = 15;

    private final Checkpoint.Builder checkpoint = Checkpoint.builder();
    private final int hidden;
    private final RandomGenerator random;

    private SeededHga(int hidden, RandomGenerator random) {
        this.hidden = hidden;
        this.random = random;
    }

    static Checkpoint checkpoint(LayerSizes sizes, RandomGenerator random) {
        SeededHga model = new SeededHga(sizes.hidden(), random);
        model.checkpoint.metadata("layer", KIND).metadata("task", "Count").metadata("fusion_type", "coattn")
                .metadata("ablation", "none").metadata("tf_layers", "1");
        model.encoders();
        model.graph();
        model.block("global_fusion", model.hidden);
        model.block("fusion", 1);
        return model.checkpoint.build();
    }

    private void encoders() {
        uniform("sentence_encoder.embedding.weight", 1, WORDS, EMBEDDING);
        linear("sentence_encoder.upcompress_embedding.weight", hidden, EMBEDDING);
        linear("compress_c3d.weight_raw", RESNET, C3D);
        linear("video_fusion.weight_raw", RESNET, 2 * RESNET);
        linear("video_encoder.project.weight", hidden, RESNET);
        for (String encoder : List.of("sentence_encoder.", "video_encoder.")) {
            for (String direction : List.of("", "_reverse")) {
                double bound = Notation.inverseRoot(hidden);
                uniform(encoder + "rnn.weight_ih_l0" + direction, bound, 3 * hidden, hidden);
                uniform(encoder + "rnn.weight_hh_l0" + direction, bound, 3 * hidden, hidden);
                uniform(encoder + "rnn.bias_ih_l0" + direction, bound, 3 * hidden);
                uniform(encoder + "rnn.bias_hh_l0" + direction, bound, 3 * hidden);
            }
            linear(encoder + "compress_output.weight", hidden, 2 * hidden);
            linear(encoder + "compress_hn_bi.weight", hidden, 2 * hidden);
        }
    }

    private void graph() {
        for (String name : List.of("question", "video", "v_question", "v_video", "final_qv", "final_vq")) {
            linear("co_attn.encoder_layers.0.linear_" + name + ".weight_raw", hidden, hidden);
        }
        for (String layer : List.of("adj_learner.edge_layer_1.", "adj_learner.edge_layer_2.")) {
            linear(layer + "weight_v", hidden, hidden);
            uniform(layer + "weight_g", 1, hidden, 1);
        }
        for (int layer = 0; layer < 3; layer++) {
            linear("gcn.layers." + layer + ".weight.weight", hidden, hidden);
        }
    }

    private void block(String name, int out) {
        int chunk = MERGED / CHUNKS;
        affine(name + ".linear0", MERGED, hidden);
        affine(name + ".linear1", MERGED, hidden);
        for (int i = 0; i < CHUNKS; i++) {
            affine(name + ".merge_linears0." + i, chunk * RANK, chunk);
            affine(name + ".merge_linears1." + i, chunk * RANK, chunk);
        }
        affine(name + ".linear_out", out, MERGED);
    }

    private void affine(String name, int out, int in) {
        linear(name + ".weight", out, in);
        uniform(name + ".bias", Notation.inverseRoot(in), out);
    }

    private void linear(String name, int out, int in) {
        uniform(name, Notation.inverseRoot(in), out, in);
    }

    private void uniform(String name, double bound, long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        float[] values = new float[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        checkpoint.weight(name, values, shape);
    }

    /** Makes words and features of frames; a frame's features are not negative, as what comes out of such networks is. */
    static PaddedBatch batch(LayerSizes sizes, int[] question, int[] video, RandomGenerator random) {
        float[] words = new float[question.length * sizes.question()];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextInt(WORDS);
        }
        return new PaddedBatch(List.of(
                new PaddedInput("question", "question", sizes.question(), 1, true, words, question),
                frames("resnet", sizes.video(), RESNET, video, random, video),
                frames("c3d", sizes.video(), C3D, video, random)));
    }

    private static PaddedInput frames(String name, int rows, int features, int[] lengths, RandomGenerator random,
            int... told) {
        float[] values = new float[lengths.length * rows * features];
        for (int sample = 0; sample < lengths.length; sample++) {
            int start = sample * rows * features;
            for (int cell = start; cell < start + lengths[sample] * features; cell++) {
                values[cell] = (float) Math.abs(random.nextGaussian());
            }
        }
        return new PaddedInput(name, "video", rows, features, false, values, told);
    }
}
