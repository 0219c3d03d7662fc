package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.json.Json;
import io.lanewise.kernels.Activation;

/**
 * GTE's encoder, whose {@code model_type} is {@code new}: norms behind their layer, rotary positions, gated feed-forwards.
 *
 * @see <a href="https://huggingface.co/Alibaba-NLP/new-impl">the reference</a>
 */
final class Gte implements Architecture {

    @Override
    public List<String> modelTypes() {
        return List.of("new");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "new.");
    }

    @Override
    public String wordTable() {
        return "embeddings.word_embeddings";
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        config.require("logn_attention_scale", false);
        config.require("logn_attention_clip1", false);
        int features = encoder.features("hidden_size");
        int heads = config.heads("num_attention_heads", 12, features);
        String positions = config.text("position_embedding_type", "rope");
        Value words = encoder.embedded(wordTable(), encoder.ids());
        SelfAttention attention = SelfAttention.of(heads, features / heads);
        switch (positions) {
            case "rope" -> attention = attention.rotated(encoder, encoder.constant(rotary(config, features / heads)
                    .angles(Rotary.places(config, "max_position_embeddings", 8192))));
            case "absolute" ->
                words = encoder.sum(words, encoder.embeddedPlaces("embeddings.position_embeddings"));
            default -> throw config.json().get("position_embedding_type").unknown(List.of("absolute", "rope"));
        }
        if (config.sizeOrZero("type_vocab_size", 1) > 0) {
            words = encoder.sum(words, encoder.embeddedTypes(typeTable()));
        }
        Value h = norm(encoder, words, "embeddings.LayerNorm");
        for (int i = 0; i < Encoder.layers(config, "num_hidden_layers", 12); i++) {
            encoder.stage("hidden_states." + i, h);
            h = layer(encoder.part("encoder.layer." + i), i, h, attention);
        }
        return h;
    }

    private static Rotary rotary(EncoderConfig config, int headDim) {
        double base = config.positive("rope_theta", 10000);
        Json scaling = config.json().optional("rope_scaling");
        if (scaling.isNull()) {
            return Rotary.of(base, headDim);
        }
        EncoderConfig settings = new EncoderConfig(scaling);
        if (!settings.text("type", "ntk").equals("ntk")) {
            throw scaling.get("type").unknown(List.of("ntk"));
        }
        double factor = settings.positive("factor", 1);
        return settings.has("mixed_b")
                ? Rotary.ntkMixed(base, factor, settings.positive("mixed_b", 1), headDim)
                : Rotary.ntk(base, factor, headDim);
    }

    private static Value norm(EncoderScope scope, Value x, String name) {
        EncoderConfig config = scope.config();
        double epsilon = config.positive("layer_norm_eps", 1e-12);
        return switch (config.text("layer_norm_type", "layer_norm")) {
            case "layer_norm" -> scope.layerNorm(x, name, epsilon);
            case "rms_norm" -> scope.rmsNorm(x, name, epsilon);
            default -> throw config.json().get("layer_norm_type").unknown(List.of("layer_norm", "rms_norm"));
        };
    }

    private static Value layer(EncoderScope layer, int index, Value x, SelfAttention attention) {
        int features = x.rows().features();
        Value context = layer.config().flag("pack_qkv", true)
                ? attention.attendThirds(layer, index, x, "attention.qkv_proj", true)
                : attention.attend(layer, index, layer.linear(x, "attention.q_proj", features),
                        layer.linear(x, "attention.k_proj", features), layer.linear(x, "attention.v_proj", features));
        Value a = norm(layer, layer.sum(layer.linear(context, "attention.o_proj", features), x), "attn_ln");
        return norm(layer, layer.sum(feedForward(layer, a), a), "mlp_ln");
    }

    private static Value feedForward(EncoderScope layer, Value x) {
        EncoderConfig config = layer.config();
        int inner = config.size("intermediate_size", 3072);
        Value gated = layer.gatedHalves(x, "mlp.up_gate_proj", inner, false, config.activation("hidden_act", "gelu"),
                false);
        return layer.linear(gated, "mlp.down_proj", x.rows().features());
    }

    @Override
    public Value pooler(EncoderScope encoder, Value hidden) {
        return encoder.weights().has("pooler.dense.weight") ? pooled(encoder, hidden) : null;
    }

    private static Value pooled(EncoderScope encoder, Value hidden) {
        return encoder.firstRow(hidden, "pooler.dense", Activation.TANH);
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(pooled(encoder, hidden), "classifier", labels);
    }

    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        EncoderConfig config = encoder.config();
        return VocabularyHead.apply(encoder, hidden, new VocabularyHead("lm_head.dense", hidden.rows().features(),
                config.activation("hidden_act", "gelu"), "lm_head.norm", config.positive("layer_norm_eps", 1e-12),
                "lm_head.decoder", List.of("lm_head.decoder.bias"), wordTable()));
    }

    @Override
    public boolean poolsByMean(EncoderConfig config) {
        return false;
    }
}
