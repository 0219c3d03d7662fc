package io.lanewise.encoders;

import java.util.List;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * Jina's BERT, which calls itself {@code bert}: no positions but ALiBi's penalty for distance, gated feed-forwards. The variant for
 * code norms queries and keys, and has one norm more.
 *
 * @see <a href="https://huggingface.co/jinaai/jina-bert-implementation">the reference</a>
 */
final class JinaBert extends Bert {

    /** Whose code a folder may say that it is to be run by. */
    private static final Set<String> CODE = Set.of("jinaai/jina-bert-implementation",
            "jinaai/jina-bert-v2-qk-post-norm");

    @Override
    public boolean isMeant(EncoderConfig config) {
        String positions = config.text("position_embedding_type", "absolute");
        return positions.equals("alibi") || CODE.contains(config.text("_name_or_path", "")) || isMapped(config);
    }

    /** The model's class may be that of another repository: {@code owner/name--file.Class}. */
    private static boolean isMapped(EncoderConfig config) {
        return config.has("auto_map") && config.json().get("auto_map").members().values().stream()
                .anyMatch(type -> type.isText() && CODE.contains(type.text().split("--", 2)[0]));
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        double epsilon = config.positive("layer_norm_eps", defaultEpsilon());
        int heads = config.size("num_attention_heads", 12);
        int longest = RelativeBuckets.places(config, "max_position_embeddings", 512);
        Value penalties = encoder.constant(penalties(heads, longest));
        SelfAttention attention = attention(encoder).biased(encoder, penalties);
        Value h = encoder.layerNorm(encoder.sum(encoder.embedded(wordTable(), encoder.ids()),
                encoder.embeddedTypes(typeTable())), "embeddings.LayerNorm", epsilon);
        boolean isForCode = encoder.weights().has("encoder.layer.0.mlp.up_gated_layer.weight");
        for (int i = 0; i < Encoder.layers(config, "num_hidden_layers", 12); i++) {
            encoder.stage("hidden_states." + i, h);
            EncoderScope layer = encoder.part("encoder.layer." + i);
            h = isForCode ? codeLayer(layer, i, h, attention, epsilon) : layer(layer, i, h, attention, epsilon);
        }
        return h;
    }

    /** Returns {@code −slope · |key − query|} for each head and distance. */
    private static Constant penalties(int heads, int longest) {
        int columns = 2 * longest - 1;
        return new Constant("alibi", new Shape.Matrix(heads, columns), (MadeValues) () -> {
            float[] penalties = new float[heads * columns];
            for (int head = 0; head < heads; head++) {
                for (int column = 0; column < columns; column++) {
                    penalties[head * columns + column] = (float) (-slope(head, heads)
                            * Math.abs(column - (longest - 1)));
                }
            }
            return penalties;
        });
    }

    /** Slopes are a geometric series; beyond the last power of two, every second one of the series of twice as many. */
    private static double slope(int head, int heads) {
        int power = Integer.highestOneBit(heads);
        return head < power
                ? Math.pow(2, -8.0 * (head + 1) / power)
                : Math.pow(2, -8.0 * (2 * (head - power) + 1) / (2 * power));
    }

    private static Value layer(EncoderScope layer, int index, Value x, SelfAttention attention, double epsilon) {
        Value a = PostNormBlock.BERT.attended(layer, index, x, attention, sizes(layer, epsilon));
        Value gated = gated(layer, a, "mlp.gated_layers", true);
        return layer.layerNorm(layer.sum(layer.linear(gated, "mlp.wo", x.rows().features()), a), "mlp.layernorm",
                epsilon);
    }

    private static Value codeLayer(EncoderScope layer, int index, Value x, SelfAttention attention, double epsilon) {
        int features = x.rows().features();
        EncoderScope self = layer.part("attention.self");
        Value q = self.layerNorm(self.linear(x, "query", features), "layer_norm_q", epsilon);
        Value k = self.layerNorm(self.linear(x, "key", features), "layer_norm_k", epsilon);
        Value context = attention.attend(layer, index, q, k, self.linear(x, "value", features));
        Value attended = layer.layerNorm(layer.sum(layer.linear(context, "attention.output.dense", features), x),
                "attention.output.LayerNorm", epsilon);
        Value a = layer.layerNorm(layer.sum(x, attended), "layer_norm_1", epsilon);
        Value gated = gated(layer, a, "mlp.up_gated_layer", false);
        return layer.layerNorm(layer.sum(a, layer.linear(gated, "mlp.down_layer", features)), "layer_norm_2", epsilon);
    }

    private static PostNormBlock.Sizes sizes(EncoderScope layer, double epsilon) {
        return new PostNormBlock.Sizes(layer.config().size("hidden_size", 768),
                layer.config().size("intermediate_size", 3072), Activation.NONE, epsilon);
    }

    private static Value gated(EncoderScope layer, Value x, String name, boolean firstIsGate) {
        int inner = layer.config().size("intermediate_size", 3072);
        return layer.gatedHalves(x, name, inner, firstIsGate, gateFunction(layer.config()), false);
    }

    private static Activation gateFunction(EncoderConfig config) {
        String type = config.text("feed_forward_type", "geglu");
        return switch (type) {
            case "geglu" -> Activation.GELU;
            case "reglu" -> Activation.RELU;
            default -> throw new LanewiseException(
                    "feed_forward_type must be one of geglu, reglu: feed_forward_type="
                            + LanewiseException.shorten(type, 40));
        };
    }
}
