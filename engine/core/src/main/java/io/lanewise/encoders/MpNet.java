package io.lanewise.encoders;

import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;

/**
 * MPNet: BERT's layers, RoBERTa's places and heads, and one table of numbers for the distance of a key from its query, shared by all layers.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/mpnet">the reference</a>
 */
final class MpNet extends Roberta {

    private static final PostNormBlock BLOCK = new PostNormBlock("attention.attn.q", "attention.attn.k",
            "attention.attn.v", "attention.attn.o", "attention.LayerNorm", "intermediate.dense", "output.dense",
            "output.LayerNorm");

    /** It is in the code: the setting of that name is not asked. */
    private static final int PADDING = 1;

    @Override
    public List<String> modelTypes() {
        return List.of("mpnet");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "mpnet.");
    }

    @Override
    public String typeTable() {
        return null;
    }

    @Override
    PostNormBlock block() {
        return BLOCK;
    }

    @Override
    Value embedded(EncoderScope encoder) {
        return encoder.sum(encoder.embedded(wordTable(), encoder.ids()),
                encoder.embeddedCounts("embeddings.position_embeddings", PADDING));
    }

    @Override
    SelfAttention attention(EncoderScope encoder) {
        int heads = encoder.config().size("num_attention_heads", 12);
        int buckets = encoder.config().size("relative_attention_num_buckets", RelativeBuckets.T5_BUCKETS);
        if (buckets < RelativeBuckets.T5_BUCKETS) {
            throw new LanewiseException("relative_attention_num_buckets must be at least %d: %d".formatted(
                    RelativeBuckets.T5_BUCKETS, buckets));
        }
        Constant table = encoder.weights().matrix("encoder.relative_attention_bias.weight", buckets, heads);
        int longest = RelativeBuckets.places(encoder.config(), "max_position_embeddings", 512);
        return super.attention(encoder).biased(encoder, encoder.constant(diagonals(table, heads, longest)));
    }

    /** Returns the table's numbers for each head and each distance {@code key − query}. */
    private static Constant diagonals(Constant table, int heads, int longest) {
        int columns = 2 * longest - 1;
        return new Constant(table.name(), new Shape.Matrix(heads, columns), (MadeValues) () -> {
            float[] values = table.values();
            float[] diagonals = new float[heads * columns];
            for (int head = 0; head < heads; head++) {
                for (int column = 0; column < columns; column++) {
                    int bucket = RelativeBuckets.t5(column - (longest - 1));
                    diagonals[head * columns + column] = values[bucket * heads + head];
                }
            }
            return diagonals;
        });
    }
}
