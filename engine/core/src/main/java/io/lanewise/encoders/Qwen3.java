package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.json.Json;

/**
 * Qwen3 as an encoder of texts: a decoder whose last row is the text's. Norms before their layer, of queries and keys as well;
 * fewer heads of keys than of queries; each token sees those before it.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/qwen3">the reference</a>
 */
final class Qwen3 implements Decoder {

    @Override
    public List<String> modelTypes() {
        return List.of("qwen3");
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        config.require("use_sliding_window", false);
        requireFullAttention(config.json().optional("layer_types"));
        int heads = config.size("num_attention_heads", 32);
        int keyHeads = config.size("num_key_value_heads", heads);
        int headDim = config.size("head_dim", Math.max(1, encoder.features("hidden_size") / heads));
        SelfAttention attention = SelfAttention.of(heads, headDim).withKeyHeads(keyHeads)
                .rotated(encoder, encoder.constant(Rotary.of(Rotary.base(config, 10000), headDim)
                        .angles(Rotary.places(config, "max_position_embeddings", 32768))));
        SelfAttention seen = config.flag("use_bidirectional_attention", false)
                ? attention
                : attention.within(encoder, Integer.MAX_VALUE, 0);
        Value h = encoder.embedded(wordTable(), encoder.ids());
        for (int i = 0; i < Encoder.layers(config, "num_hidden_layers", 32); i++) {
            encoder.stage("hidden_states." + i, h);
            h = layer(encoder.part("layers." + i), i, h, seen, headDim);
        }
        return encoder.rmsNorm(h, "norm", epsilon(config));
    }

    /** Newer files say it of each layer. */
    private static void requireFullAttention(Json types) {
        if (!types.isNull()) {
            types.list().stream().filter(type -> !type.text().equals("full_attention")).findFirst().ifPresent(type -> {
                throw type.unknown(List.of("full_attention"));
            });
        }
    }

    private static double epsilon(EncoderConfig config) {
        return config.positive("rms_norm_eps", 1e-6);
    }

    private static Value layer(EncoderScope layer, int index, Value x, SelfAttention attention, int headDim) {
        EncoderConfig config = layer.config();
        double epsilon = epsilon(config);
        Value h = layer.sum(x, attention.attendNormed(layer, index, layer.rmsNorm(x, "input_layernorm", epsilon),
                headDim, (scope, heads, name) -> scope.rmsNorm(heads, name, epsilon)));
        return layer.sum(h, layer.gatedFeedForward(layer.rmsNorm(h, "post_attention_layernorm", epsilon),
                config.size("intermediate_size", 22016), config.activation("hidden_act", "silu")));
    }
}
