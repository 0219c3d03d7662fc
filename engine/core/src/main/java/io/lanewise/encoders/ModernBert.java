package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Pooling;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * ModernBERT: norms before their layer, rotary positions, gated feed-forwards, and attention to near tokens alone in two layers of
 * three.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/modernbert">the reference</a>
 */
final class ModernBert implements Architecture {

    @Override
    public List<String> modelTypes() {
        return List.of("modernbert");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "model.");
    }

    @Override
    public String wordTable() {
        return "embeddings.tok_embeddings";
    }

    @Override
    public String typeTable() {
        return null;
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        int features = encoder.features("hidden_size");
        int heads = config.heads("num_attention_heads", 12, features);
        int window = config.size("local_attention", 128) / 2;
        SelfAttention plain = SelfAttention.of(heads, features / heads);
        SelfAttention global = plain.rotated(encoder, angles(encoder, "full_attention", "global_rope_theta", 160000));
        SelfAttention local = plain.rotated(encoder, angles(encoder, "sliding_attention", "local_rope_theta", 10000))
                .within(encoder, window, window);
        boolean shifted = config.flag("norm_bias", false);
        double epsilon = epsilon(config);
        Value h = encoder.layerNorm(encoder.embedded(wordTable(), encoder.ids()), "embeddings.norm", epsilon, shifted);
        for (int i = 0; i < Encoder.layers(config, "num_hidden_layers", 22); i++) {
            encoder.stage("hidden_states." + i, h);
            h = layer(encoder.part("layers." + i), i, h, isGlobal(config, i) ? global : local);
        }
        return encoder.layerNorm(h, "final_norm", epsilon, shifted);
    }

    private static double epsilon(EncoderConfig config) {
        return config.positive("norm_eps", 1e-5);
    }

    private static boolean isGlobal(EncoderConfig config, int layer) {
        if (!config.has("layer_types")) {
            return layer % config.size("global_attn_every_n_layers", 3) == 0;
        }
        return LayerTypes.isFull(config, layer);
    }

    private static Value angles(EncoderScope encoder, String kind, String theta, double absent) {
        EncoderConfig config = encoder.config();
        int headDim = encoder.features("hidden_size") / config.size("num_attention_heads", 12);
        return encoder.constant(
                Rotary.of(Rotary.base(config, kind, theta, absent), headDim)
                        .angles(Rotary.places(config, "max_position_embeddings", 8192)));
    }

    private static Value layer(EncoderScope layer, int index, Value x, SelfAttention attention) {
        EncoderConfig config = layer.config();
        int features = x.rows().features();
        boolean shifted = config.flag("norm_bias", false);
        boolean biased = config.flag("attention_bias", false);
        Value normed = index == 0 ? x : layer.layerNorm(x, "attn_norm", epsilon(config), shifted);
        Value context = attention.attendThirds(layer, index, normed, "attn.Wqkv", biased);
        Value h = layer.sum(x, layer.linear(context, "attn.Wo", features, biased));
        return layer.sum(h, feedForward(layer, layer.layerNorm(h, "mlp_norm", epsilon(config), shifted)));
    }

    private static Value feedForward(EncoderScope layer, Value x) {
        EncoderConfig config = layer.config();
        int inner = config.size("intermediate_size", 1152);
        boolean biased = config.flag("mlp_bias", false);
        Value gated = layer.gatedHalves(x, "mlp.Wi", inner, true, config.activation("hidden_activation", "gelu"),
                biased);
        return layer.linear(gated, "mlp.Wo", x.rows().features(), biased);
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        Value pooled = poolsByMean(encoder.config())
                ? encoder.pool(hidden, Pooling.MEAN)
                : encoder.select(hidden, RowPlace.FIRST);
        return encoder.linear(head(encoder, pooled), "classifier", labels);
    }

    @Override
    public boolean poolsByMean(EncoderConfig config) {
        String pooling = config.text("classifier_pooling", "cls");
        if (!pooling.equals("cls") && !pooling.equals("mean")) {
            throw config.json().get("classifier_pooling").unknown(List.of("cls", "mean"));
        }
        return pooling.equals("mean");
    }

    @Override
    public Value tokenLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(head(encoder, hidden), "classifier", labels);
    }

    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        return VocabularyHead.decoded(encoder, head(encoder, hidden), "decoder",
                encoder.config().flag("decoder_bias", true) ? List.of("decoder.bias") : List.of(), wordTable());
    }

    private static Value head(EncoderScope encoder, Value x) {
        EncoderConfig config = encoder.config();
        Activation activation = config.activation("classifier_activation", "gelu");
        Value dense = encoder.linear(x, "head.dense", x.rows().features(), config.flag("classifier_bias", false));
        return encoder.layerNorm(encoder.activate(dense, activation), "head.norm", epsilon(config),
                config.flag("norm_bias", false));
    }
}
