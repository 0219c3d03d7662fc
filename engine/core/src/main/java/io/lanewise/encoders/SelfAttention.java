package io.lanewise.encoders;

import java.util.function.UnaryOperator;

import io.lanewise.LanewiseException;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Notation;
import io.lanewise.graph.Op;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Value;

/**
 * Multi-head attention of a sequence to itself, {@code softmax(q kᵀ · scale + terms) v}, with what architectures differ in as
 * switches.
 *
 * @param heads of queries
 * @param keyHeads of keys and values
 * @param scale what scores are multiplied by
 * @param turned what is done to queries and keys once they are heads
 * @param changed what is done to scores
 */
record SelfAttention(int heads, int keyHeads, double scale, UnaryOperator<Value> turned,
        UnaryOperator<Value> changed) {

    /** Attention as it was first published, for heads of so many features. */
    static SelfAttention of(int heads, int headDim) {
        return new SelfAttention(heads, heads, Notation.inverseRoot(headDim), UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    /** What norms queries and keys, head by head, with a scale of that name. */
    interface HeadNorm {
        Value of(EncoderScope scope, Value x, String name);
    }

    /** Fewer heads of keys and values, each for several of queries. */
    SelfAttention withKeyHeads(int fewer) {
        if (heads % fewer != 0) {
            throw new LanewiseException("num_key_value_heads must divide num_attention_heads: %d, %d"
                    .formatted(fewer, heads));
        }
        return new SelfAttention(heads, fewer, scale, turned, changed);
    }

    /** Scores multiplied by something else. */
    SelfAttention scaledBy(double other) {
        return new SelfAttention(heads, keyHeads, other, turned, changed);
    }

    /** Queries and keys turned by the angles of their places. */
    SelfAttention rotated(EncoderScope encoder, Value angles) {
        return new SelfAttention(heads, keyHeads, scale, x -> encoder.rotate(turned.apply(x), angles), changed);
    }

    /** A number added for the distance of a key from its query. */
    SelfAttention biased(EncoderScope encoder, Value diagonals) {
        return changed(scores -> encoder.add(new Op.Biased(scores, diagonals, RowPlace.EACH)));
    }

    /** Keys seen only so many rows before and behind their query. */
    SelfAttention within(EncoderScope encoder, int before, int after) {
        return changed(scores -> encoder.add(new Op.Window(scores, before, after, RowPlace.EACH)));
    }

    /** Something done to scores, after what is done already. */
    SelfAttention changed(UnaryOperator<Value> more) {
        return new SelfAttention(heads, keyHeads, scale, turned, scores -> more.apply(changed.apply(scores)));
    }

    /** Attends; the map is named for the layer. */
    Value attend(EncoderScope encoder, int layer, Value q, Value k, Value v) {
        return attendHeads(encoder, layer, encoder.split(q, heads, HeadSplit.COLUMNS),
                encoder.split(k, keyHeads, HeadSplit.COLUMNS), encoder.split(v, keyHeads, HeadSplit.COLUMNS));
    }

    /** Attends with queries, keys and values that one linear layer makes, in this order. */
    Value attendThirds(EncoderScope encoder, int layer, Value x, String name, boolean biased) {
        int features = x.rows().features();
        return attend(encoder, layer, encoder.linearRows(x, name, 3 * features, 0, features, biased),
                encoder.linearRows(x, name, 3 * features, features, features, biased),
                encoder.linearRows(x, name, 3 * features, 2 * features, features, biased));
    }

    /** Attends by the linear layers of decoders, with queries and keys normed head by head. */
    Value attendNormed(EncoderScope layer, int index, Value x, int headDim, HeadNorm norm) {
        EncoderScope self = layer.part("self_attn");
        boolean biased = layer.config().flag("attention_bias", false);
        Value q = self.split(self.linear(x, "q_proj", heads * headDim, biased), heads, HeadSplit.COLUMNS);
        Value k = self.split(self.linear(x, "k_proj", keyHeads * headDim, biased), keyHeads, HeadSplit.COLUMNS);
        Value v = self.split(self.linear(x, "v_proj", keyHeads * headDim, biased), keyHeads, HeadSplit.COLUMNS);
        Value context = attendHeads(layer, index, norm.of(self, q, "q_norm"), norm.of(self, k, "k_norm"), v);
        return self.linear(context, "o_proj", x.rows().features(), biased);
    }

    /** Attends with queries, keys and values that are heads already. */
    Value attendHeads(EncoderScope encoder, int layer, Value q, Value k, Value v) {
        Value scores = changed.apply(encoder.scores(turned.apply(q), turned.apply(k), scale));
        Value attention = encoder.softmax(scores, encoder.padding());
        encoder.attention("attention." + layer, attention);
        return encoder.merge(encoder.context(attention, v));
    }
}
