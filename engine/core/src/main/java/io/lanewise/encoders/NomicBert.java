package io.lanewise.encoders;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * Nomic's BERT: norms behind their layer, rotary positions, gated feed-forwards; settings are called as GPT-2's are.
 *
 * @see <a href="https://huggingface.co/nomic-ai/nomic-bert-2048">the reference</a>
 */
final class NomicBert implements Architecture {

    @Override
    public List<String> modelTypes() {
        return List.of("nomic_bert");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "bert.");
    }

    @Override
    public String wordTable() {
        return "embeddings.word_embeddings";
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        requireKnown(config);
        int features = encoder.features("n_embd");
        int heads = config.heads("n_head", 12, features);
        double epsilon = config.positive("layer_norm_epsilon", 1e-12);
        Value angles = encoder.constant(
                Rotary.of(config.positive("rotary_emb_base", 10000), features / heads).angles(places(config)));
        SelfAttention attention = SelfAttention.of(heads, features / heads).rotated(encoder, angles);
        Value words = encoder.embedded(wordTable(), encoder.ids());
        boolean hasTypes = config.sizeOrZero("type_vocab_size", 2) > 0;
        Value h = encoder.layerNorm(hasTypes ? encoder.sum(words, encoder.embeddedTypes(typeTable())) : words,
                "emb_ln", epsilon);
        for (int i = 0; i < Encoder.layers(config, "n_layer", 12); i++) {
            encoder.stage("hidden_states." + i, h);
            h = layer(encoder.part("encoder.layers." + i), i, h, attention, epsilon);
        }
        return h;
    }

    private static void requireKnown(EncoderConfig config) {
        config.require("prenorm", false);
        config.require("causal", false);
        config.require("rotary_emb_interleaved", false);
        config.require("use_rms_norm", false);
        config.require("parallel_block", false);
        if (config.positive("rotary_emb_fraction", 1) != 1) {
            throw new LanewiseException("rotary_emb_fraction must be 1: rotary_emb_fraction="
                    + config.positive("rotary_emb_fraction", 1));
        }
        if (config.sizeOrZero("num_experts", 0) > 0) {
            throw new LanewiseException("experts are not known for this family: num_experts="
                    + config.size("num_experts", 1));
        }
    }

    /** Where positions are scaled, frequencies stay as they are up to the length of training, which then is the limit. */
    private static int places(EncoderConfig config) {
        int positions = Rotary.places(config, "n_positions", 8192);
        boolean isScaled = config.has("rotary_scaling_factor") && config.positive("rotary_scaling_factor", 1) > 0;
        return isScaled ? Math.min(positions, config.size("max_trained_positions", 2048)) : positions;
    }

    private static Value layer(EncoderScope layer, int index, Value x, SelfAttention attention, double epsilon) {
        int features = x.rows().features();
        boolean biased = layer.config().flag("qkv_proj_bias", false);
        Value context = attention.attendThirds(layer, index, x, "attn.Wqkv", biased);
        Value a = layer.layerNorm(layer.sum(layer.linear(context, "attn.out_proj", features, biased), x), "norm1",
                epsilon);
        return layer.layerNorm(layer.sum(feedForward(layer, a), a), "norm2", epsilon);
    }

    /** Widths are those of the weights: the setting is rounded up to a multiple of 256 by some. */
    private static Value feedForward(EncoderScope layer, Value x) {
        EncoderConfig config = layer.config();
        int features = x.rows().features();
        boolean biased = config.flag("mlp_fc1_bias", false);
        String function = config.text("activation_function", "gelu");
        Value inner = switch (function) {
            case "swiglu", "geglu", "glu" -> gated(layer, x, biased, switch (function) {
                case "swiglu" -> Activation.SILU;
                case "geglu" -> Activation.GELU;
                default -> Activation.SIGMOID;
            });
            default -> {
                Activation activation = config.activation("activation_function", "gelu");
                yield layer.activate(layer.linear(x, "mlp.fc1", layer.rowsOf("mlp.fc1"), biased), activation);
            }
        };
        return layer.linear(inner, "mlp.fc2", features, config.flag("mlp_fc2_bias", false));
    }

    /** The second layer is the gate. */
    private static Value gated(EncoderScope layer, Value x, boolean biased, Activation activation) {
        int inner = layer.rowsOf("mlp.fc11");
        Value gate = layer.linear(x, "mlp.fc12", inner, biased);
        return layer.product(layer.activate(gate, activation), layer.linear(x, "mlp.fc11", inner, biased));
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        return encoder.linear(encoder.firstRow(hidden, "pooler.dense", Activation.TANH), "classifier", labels);
    }
}
