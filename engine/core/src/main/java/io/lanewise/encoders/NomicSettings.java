package io.lanewise.encoders;

import io.lanewise.LanewiseException;
import io.lanewise.kernels.Activation;

/**
 * The settings of Nomic's BERT, which are called as GPT-2's are on the hub, and as BERT's by the library that took the model over.
 *
 * @param headDim features of a head
 * @param theta the base of the rotary frequencies
 * @param places for how many places there are angles
 * @param gated whether feed-forwards have a gate
 * @param activation of the gate, or of the only layer
 * @param headActivation of a masked-language head
 * @param attentionBiased whether the linear layers of the attention have a bias
 * @param innerBiased whether the inner layers of the feed-forward have one, and those of a masked-language head
 * @param outerBiased whether the outer one has one
 */
record NomicSettings(int features, int heads, int headDim, int layers, double epsilon, double theta, int places,
        boolean gated, Activation activation, Activation headActivation, boolean attentionBiased,
        boolean innerBiased, boolean outerBiased) {

    /**
     * Reads the settings under the names that they have.
     *
     * @throws LanewiseException if one is not known
     */
    static NomicSettings of(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        return config.has("hidden_size") && !config.has("n_embd") ? ofBert(encoder, config) : ofGpt(encoder, config);
    }

    private static NomicSettings ofBert(EncoderScope encoder, EncoderConfig config) {
        int features = encoder.features("hidden_size");
        int heads = config.has("head_dim")
                ? config.size("num_attention_heads", 12)
                : config.heads("num_attention_heads", 12, features);
        Activation activation = config.activation("hidden_act", "silu");
        return new NomicSettings(features, heads, config.size("head_dim", features / heads),
                Encoder.layers(config, "num_hidden_layers", 12), config.positive("layer_norm_eps", 1e-12),
                Rotary.base(config, 1000), Rotary.places(config, "max_position_embeddings", 2048), true, activation,
                activation, false, false, false);
    }

    private static NomicSettings ofGpt(EncoderScope encoder, EncoderConfig config) {
        requireKnown(config);
        int features = encoder.features("n_embd");
        int heads = config.heads("n_head", 12, features);
        String function = config.text("activation_function", "gelu");
        boolean gated = function.equals("swiglu") || function.equals("geglu") || function.equals("glu");
        Activation activation = switch (function) {
            case "swiglu" -> Activation.SILU;
            case "geglu" -> Activation.GELU;
            case "glu" -> Activation.SIGMOID;
            default -> config.activation("activation_function", "gelu");
        };
        return new NomicSettings(features, heads, features / heads, Encoder.layers(config, "n_layer", 12),
                config.positive("layer_norm_epsilon", 1e-12), config.positive("rotary_emb_base", 10000),
                placesOfGpt(config), gated, activation, headActivation(function), config.flag("qkv_proj_bias", false),
                config.flag("mlp_fc1_bias", false), config.flag("mlp_fc2_bias", false));
    }

    private static Activation headActivation(String function) {
        return switch (function) {
            case "swiglu" -> Activation.SILU;
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
            default -> Activation.GELU;
        };
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
            throw new LanewiseException("experts are not known for this family, only feed-forwards with one path are: "
                    + "num_experts=" + config.size("num_experts", 1));
        }
    }

    /** Where positions are scaled, frequencies stay as they are up to the length of training, which then is the limit. */
    private static int placesOfGpt(EncoderConfig config) {
        int positions = Rotary.places(config, "n_positions", 8192);
        boolean isScaled = config.has("rotary_scaling_factor") && config.positive("rotary_scaling_factor", 1) > 0;
        return isScaled ? Math.min(positions, config.size("max_trained_positions", 2048)) : positions;
    }
}
