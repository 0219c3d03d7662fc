package io.lanewise.encoders;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Buckets;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Op;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.json.Json;

/**
 * DeBERTa, versions 2 and 3: BERT's layers with attention to what a token is and to how far away it is, by products with a table of
 * relative positions.
 *
 * <pre>
 *   score(i, j) = (q_i · k_j + q_i · K[b(i − j)] + k_j · Q[b(i − j)]) / √(3d)
 * </pre>
 *
 * <p>Keys and queries of the table, K and Q, depend on weights alone: they are made when the model is loaded.
 *
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/deberta_v2">the reference</a>
 */
final class DebertaV2 extends Bert {

    private static final PostNormBlock BLOCK = new PostNormBlock("attention.self.query_proj",
            "attention.self.key_proj", "attention.self.value_proj", "attention.output.dense",
            "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm");

    /** Distances have buckets whatever the length: this is the longest that tables are made for. */
    private static final int LONGEST = 8192;

    @Override
    public List<String> modelTypes() {
        return List.of("deberta-v2");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "deberta.");
    }

    @Override
    double defaultEpsilon() {
        return 1e-7;
    }

    @Override
    public Value describe(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        if (config.sizeOrZero("conv_kernel_size", 0) > 0) {
            throw new LanewiseException(
                    "a convolution is not known for this family: conv_kernel_size="
                            + config.size("conv_kernel_size", 1));
        }
        int features = config.size("hidden_size", 1536);
        double epsilon = config.positive("layer_norm_eps", defaultEpsilon());
        PostNormBlock.Sizes sizes = new PostNormBlock.Sizes(features, config.size("intermediate_size", 6144),
                config.activation("hidden_act", "gelu"), epsilon);
        Value h = encoder.layerNorm(projected(encoder, embedded(encoder), features), "embeddings.LayerNorm", epsilon);
        for (int i = 0; i < Encoder.layers(config, "num_hidden_layers", 24); i++) {
            encoder.stage("hidden_states." + i, h);
            EncoderScope layer = encoder.part("encoder.layer." + i);
            h = BLOCK.apply(layer, i, h, attention(encoder, layer, features), sizes);
        }
        return h;
    }

    @Override
    Value embedded(EncoderScope encoder) {
        EncoderConfig config = encoder.config();
        Value x = encoder.embedded(wordTable(), encoder.ids());
        if (config.flag("position_biased_input", true)) {
            x = encoder.sum(x, encoder.embeddedPlaces("embeddings.position_embeddings"));
        }
        return config.sizeOrZero("type_vocab_size", 0) > 0 ? encoder.sum(x, encoder.embeddedTypes(typeTable())) : x;
    }

    private static Value projected(EncoderScope encoder, Value x, int features) {
        return encoder.config().size("embedding_size", features) == features
                ? x
                : encoder.linear(x, "embeddings.embed_proj", features, false);
    }

    // ---------------------------------------------------------------- relative positions

    private static SelfAttention attention(EncoderScope encoder, EncoderScope layer, int features) {
        EncoderConfig config = encoder.config();
        int heads = config.heads("num_attention_heads", 24, features);
        SelfAttention plain = SelfAttention.of(heads, features / heads);
        if (!config.flag("relative_attention", false)) {
            return plain;
        }
        Set<String> kinds = kinds(config.json().optional("pos_att_type"));
        double scale = 1 / Math.sqrt((1.0 + kinds.size()) * (features / heads));
        int farthest = config.json().has("max_relative_positions") && isPositive(config, "max_relative_positions")
                ? config.size("max_relative_positions", 512)
                : config.size("max_position_embeddings", 512);
        int buckets = isPositive(config, "position_buckets") ? config.size("position_buckets", 256) : 0;
        int span = buckets > 0 ? buckets : farthest;
        Buckets columns = RelativeBuckets.deberta(buckets, farthest, span, LONGEST);
        boolean shared = config.flag("share_att_key", false);
        Constant table = encoder.weights().matrix("encoder.rel_embeddings.weight", 2 * span, features);
        Value keyTable = kinds.contains("c2p")
                ? layer.constant(table(encoder, layer, table, shared ? "key_proj" : "pos_key_proj"))
                : null;
        Value queryTable = kinds.contains("p2c")
                ? layer.constant(table(encoder, layer, table, shared ? "query_proj" : "pos_query_proj"))
                : null;
        return plain.scaledBy(scale).changed(scores -> kinds.isEmpty()
                ? scores
                : encoder.add(new Op.Disentangled(scores, keyTable, queryTable, columns, scale, RowPlace.EACH)));
    }

    private static boolean isPositive(EncoderConfig config, String name) {
        return config.has(name) && config.json().get(name).number() > 0;
    }

    /** Older files have the kinds in one text. */
    private static Set<String> kinds(Json json) {
        Set<String> kinds = new HashSet<>();
        if (json.isText()) {
            kinds.addAll(List.of(json.text().split("\\|")));
        } else if (!json.isNull()) {
            json.list().forEach(kind -> kinds.add(kind.text()));
        }
        kinds.remove("");
        if (!Set.of("c2p", "p2c").containsAll(kinds)) {
            throw json.unknown(List.of("c2p", "p2c"));
        }
        return kinds;
    }

    /** Returns a projection of the table of relative positions, normed first if the settings say so; made in double. */
    private static Constant table(EncoderScope encoder, EncoderScope layer, Constant table, String projection) {
        EncoderConfig config = encoder.config();
        Shape.Matrix shape = (Shape.Matrix) table.shape();
        int features = shape.columns();
        boolean normed = config.text("norm_rel_ebd", "none").contains("layer_norm");
        Constant scale = normed ? encoder.weights().vector("encoder.LayerNorm.weight", features) : null;
        Constant shift = normed ? encoder.weights().vector("encoder.LayerNorm.bias", features) : null;
        double epsilon = config.positive("layer_norm_eps", 1e-7);
        Constant weight = layer.weightOf("attention.self." + projection, features, features);
        Constant bias = layer.biasOf("attention.self." + projection, features);
        return new Constant(weight.name() + " of " + table.name(), shape, (MadeValues) () -> {
            double[] rows = RelativeTable.rows(table.values(), features, normed ? scale.values() : null,
                    normed ? shift.values() : null, epsilon);
            return RelativeTable.projected(rows, weight.values(), bias.values(), features);
        });
    }

    // ---------------------------------------------------------------- heads

    @Override
    public Value pooler(EncoderScope encoder, Value hidden) {
        return null;
    }

    @Override
    public Value sequenceLogits(EncoderScope encoder, Value hidden, int labels) {
        EncoderConfig config = encoder.config();
        Value pooled = encoder.activated(encoder.select(hidden, RowPlace.FIRST), "pooler.dense",
                config.size("pooler_hidden_size", hidden.rows().features()),
                config.activation("pooler_hidden_act", "gelu"));
        return encoder.linear(pooled, "classifier", labels);
    }

    /** Checkpoints that are not called legacy have the head that was published first, under other names. */
    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        EncoderConfig config = encoder.config();
        int features = hidden.rows().features();
        boolean isLegacy = config.flag("legacy", true);
        String head = isLegacy ? "cls.predictions.transform." : "lm_predictions.lm_head.";
        return VocabularyHead.apply(encoder, hidden, new VocabularyHead(head + "dense",
                isLegacy ? config.size("embedding_size", features) : features,
                config.activation("hidden_act", "gelu"), head + "LayerNorm",
                config.positive("layer_norm_eps", defaultEpsilon()),
                isLegacy ? "cls.predictions.decoder" : "lm_predictions.lm_head.decoder",
                isLegacy
                        ? List.of("cls.predictions.bias", "cls.predictions.decoder.bias")
                        : List.of("lm_predictions.lm_head.bias"),
                wordTable()));
    }
}
