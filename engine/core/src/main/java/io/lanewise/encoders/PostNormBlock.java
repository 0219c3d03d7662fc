package io.lanewise.encoders;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * The layer that BERT and most of its family have: attention, then a feed-forward of two linear layers, each with its input added
 * and normed afterwards.
 *
 * <pre>
 *   a = norm(x + dense(attention(query x, key x, value x)))
 *   y = norm(a + outer(activation(inner a)))
 * </pre>
 *
 * @param query and the others: the names of the weights within the layer
 */
record PostNormBlock(String query, String key, String value, String dense, String attentionNorm, String inner,
        String outer, String outputNorm) {

    /** The names that BERT gave, and most took over. */
    static final PostNormBlock BERT = new PostNormBlock("attention.self.query", "attention.self.key",
            "attention.self.value", "attention.output.dense", "attention.output.LayerNorm", "intermediate.dense",
            "output.dense", "output.LayerNorm");

    /** What is the same in every layer. */
    record Sizes(int features, int inner, Activation activation, double epsilon) {}

    /**
     * Writes one layer.
     *
     * @param layer the scope of its weights
     * @param index its number
     */
    Value apply(EncoderScope layer, int index, Value x, SelfAttention attention, Sizes sizes) {
        return feedForward(layer, attended(layer, index, x, attention, sizes), sizes);
    }

    /** Writes the first half of a layer. */
    Value attended(EncoderScope layer, int index, Value x, SelfAttention attention, Sizes sizes) {
        int features = sizes.features();
        if (x.rows().features() != features) {
            throw new LanewiseException("embeddings must have the hidden size: features=%d, hidden size=%d"
                    .formatted(x.rows().features(), features));
        }
        Value context = attention.attend(layer, index, layer.linear(x, query, features),
                layer.linear(x, key, features), layer.linear(x, value, features));
        return layer.layerNorm(layer.sum(layer.linear(context, dense, features), x), attentionNorm, sizes.epsilon());
    }

    private Value feedForward(EncoderScope layer, Value a, Sizes sizes) {
        Value widened = layer.activated(a, inner, sizes.inner(), sizes.activation());
        return layer.layerNorm(layer.sum(layer.linear(widened, outer, sizes.features()), a), outputNorm,
                sizes.epsilon());
    }
}
