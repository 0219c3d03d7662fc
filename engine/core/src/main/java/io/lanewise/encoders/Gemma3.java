package io.lanewise.encoders;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/**
 * Gemma 3 as an encoder of texts, EmbeddingGemma: scaled embeddings, norms before and behind both halves of a layer, fewer heads of keys
 * than of queries, and attention to near tokens alone in most layers; both ways, or to what stands before.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/gemma3">the reference</a>
 */
final class Gemma3 implements Decoder {

    @Override
    public List<String> modelTypes() {
        return List.of("gemma3_text");
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        requireKnown(config);
        int heads = config.size("num_attention_heads", 8);
        int keyHeads = config.size("num_key_value_heads", 4);
        int headDim = config.size("head_dim", 256);
        SelfAttention plain = SelfAttention.of(heads, headDim).withKeyHeads(keyHeads)
                .scaledBy(1 / Math.sqrt(config.positive("query_pre_attn_scalar", 256)));
        SelfAttention global = seen(encoder,
                rotated(encoder, plain, headDim, "full_attention", "rope_theta", 1_000_000), Integer.MAX_VALUE);
        SelfAttention local = seen(encoder,
                rotated(encoder, plain, headDim, "sliding_attention", "rope_local_base_freq", 10_000),
                config.size("sliding_window", 4096));
        Value h = encoder.scaledWords(wordTable(), Math.sqrt(encoder.features("hidden_size")));
        for (int i = 0; i < Encoder.layers(config, "num_hidden_layers", 26); i++) {
            encoder.stage("hidden_states." + i, h);
            h = layer(encoder.part("layers." + i), i, h, isGlobal(config, i) ? global : local, headDim);
        }
        return norm(encoder, h, "norm");
    }

    private static void requireKnown(EncoderConfig config) {
        if (config.has("attn_logit_softcapping")) {
            throw new LanewiseException("attn_logit_softcapping must not be set: attn_logit_softcapping="
                    + config.positive("attn_logit_softcapping", 1));
        }
    }

    private static SelfAttention rotated(EncoderScope encoder, SelfAttention attention, int headDim, String kind,
            String theta, double absent) {
        EncoderConfig config = encoder.config();
        return attention.rotated(encoder, encoder.constant(Rotary.of(Rotary.base(config, kind, theta, absent), headDim)
                .angles(Rotary.places(config, "max_position_embeddings", 131_072))));
    }

    /** A window is half before and half behind where attention goes both ways; its query counts where it does not. */
    private static SelfAttention seen(EncoderScope encoder, SelfAttention attention, int window) {
        boolean isAll = window == Integer.MAX_VALUE;
        if (!encoder.config().flag("use_bidirectional_attention", false)) {
            return attention.within(encoder, isAll ? window : window - 1, 0);
        }
        return isAll ? attention : attention.within(encoder, window / 2, window / 2);
    }

    private static boolean isGlobal(EncoderConfig config, int layer) {
        if (!config.has("layer_types")) {
            String pattern = config.has("_sliding_window_pattern")
                    ? "_sliding_window_pattern"
                    : "sliding_window_pattern";
            return (layer + 1) % config.size(pattern, 6) == 0;
        }
        return LayerTypes.isFull(config, layer);
    }

    /** The scale is what the weight differs from 1 by. */
    private static Value norm(EncoderScope scope, Value x, String name) {
        Constant weight = scope.scaleOf(name, x.rows().headDim());
        Constant scale = new Constant("1 + " + weight.name(), new Shape.Vector(x.rows().headDim()),
                (MadeValues) () -> {
                    float[] values = weight.values().clone();
                    for (int i = 0; i < values.length; i++) {
                        values[i] += 1;
                    }
                    return values;
                });
        return scope.rmsNorm(x, scope.constant(scale), scope.config().positive("rms_norm_eps", 1e-6));
    }

    private static Value layer(EncoderScope layer, int index, Value x, SelfAttention attention, int headDim) {
        EncoderConfig config = layer.config();
        Value attended = attention.attendNormed(layer, index, norm(layer, x, "input_layernorm"), headDim,
                Gemma3::norm);
        Value h = layer.sum(x, norm(layer, attended, "post_attention_layernorm"));
        Value fed = layer.gatedFeedForward(norm(layer, h, "pre_feedforward_layernorm"),
                config.size("intermediate_size", 9216),
                config.activation("hidden_activation", "gelu_pytorch_tanh"));
        return layer.sum(h, norm(layer, fed, "post_feedforward_layernorm"));
    }
}
