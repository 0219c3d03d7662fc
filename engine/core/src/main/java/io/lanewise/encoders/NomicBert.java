package io.lanewise.encoders;

import java.util.List;

import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;

/**
 * Nomic's BERT: norms behind their layer, rotary positions, gated feed-forwards. Weights have the hub's names, or those of the
 * library that took the model over; whichever they are, settings may have either's.
 *
 * @see <a href="https://huggingface.co/nomic-ai/nomic-bert-2048">the reference</a>
 * @see <a href="https://github.com/huggingface/transformers/tree/main/src/transformers/models/nomic_bert">the other layout</a>
 */
final class NomicBert implements Architecture {

    /** The hub's names; queries, keys and values are one weight. */
    private static final Names HUB = new Names("emb_ln", "encoder.layers.", "attn.Wqkv", "attn.out_proj", "norm1",
            "mlp.fc11", "mlp.fc12", "mlp.fc2", "norm2");

    private static final Names TRANSFORMERS = new Names("embeddings.LayerNorm", "layers.", null, "self_attn.o_proj",
            "post_attention_layernorm", "mlp.up_proj", "mlp.gate_proj", "mlp.down_proj", "post_mlp_layernorm");

    /**
     * What weights are called.
     *
     * @param layers what the names within a layer begin with, but for its number
     * @param thirds of queries, keys and values together; null where each has its own
     * @param up of the two inner layers of a feed-forward the one that is no gate
     */
    private record Names(String embeddingNorm, String layers, String thirds, String out, String attentionNorm,
            String up, String gate, String down, String outputNorm) {

        static Names of(EncoderWeights weights) {
            return weights.has("layers.0.self_attn.q_proj.weight") ? TRANSFORMERS : HUB;
        }
    }

    @Override
    public List<String> modelTypes() {
        return List.of("nomic_bert");
    }

    @Override
    public List<String> prefixes() {
        return List.of("", "bert.", "nomic_bert.");
    }

    @Override
    public String wordTable() {
        return "embeddings.word_embeddings";
    }

    @Override
    public Value describe(EncoderScope encoder) {
        NomicSettings settings = NomicSettings.of(encoder);
        Names names = Names.of(encoder.weights());
        Value angles = encoder.constant(Rotary.of(settings.theta(), settings.headDim()).angles(settings.places()));
        SelfAttention attention = SelfAttention.of(settings.heads(), settings.headDim()).rotated(encoder, angles);
        Value words = encoder.embedded(wordTable(), encoder.ids());
        boolean hasTypes = encoder.config().sizeOrZero("type_vocab_size", 2) > 0;
        Value h = encoder.layerNorm(hasTypes ? encoder.sum(words, encoder.embeddedTypes(typeTable())) : words,
                names.embeddingNorm(), settings.epsilon());
        for (int i = 0; i < settings.layers(); i++) {
            encoder.stage("hidden_states." + i, h);
            EncoderScope layer = encoder.part(names.layers() + i);
            Value context = attended(layer, i, h, attention, settings, names);
            Value a = layer.layerNorm(layer.sum(layer.linear(context, names.out(), settings.features(),
                    settings.attentionBiased()), h), names.attentionNorm(), settings.epsilon());
            h = layer.layerNorm(layer.sum(feedForward(layer, a, settings, names), a), names.outputNorm(),
                    settings.epsilon());
        }
        return h;
    }

    private static Value attended(EncoderScope layer, int index, Value x, SelfAttention attention,
            NomicSettings settings, Names names) {
        if (names.thirds() != null) {
            return attention.attendThirds(layer, index, x, names.thirds(), settings.attentionBiased());
        }
        EncoderScope self = layer.part("self_attn");
        int wide = settings.heads() * settings.headDim();
        boolean biased = settings.attentionBiased();
        return attention.attend(layer, index, self.linear(x, "q_proj", wide, biased),
                self.linear(x, "k_proj", wide, biased), self.linear(x, "v_proj", wide, biased));
    }

    /** Widths are those of the weights: the setting is rounded up to a multiple of 256 by some. */
    private static Value feedForward(EncoderScope layer, Value x, NomicSettings settings, Names names) {
        Value inner = settings.gated()
                ? gated(layer, x, settings, names)
                : activated(layer, x, "mlp.fc1", layer.rowsOf("mlp.fc1"), settings);
        return layer.linear(inner, names.down(), settings.features(), settings.outerBiased());
    }

    private static Value gated(EncoderScope layer, Value x, NomicSettings settings, Names names) {
        int inner = Math.max(layer.rowsOf(names.up()), layer.rowsOf(names.gate())); // either may be missing
        return layer.product(activated(layer, x, names.gate(), inner, settings),
                layer.linear(x, names.up(), inner, settings.innerBiased()));
    }

    private static Value activated(EncoderScope layer, Value x, String name, int inner, NomicSettings settings) {
        return layer.activate(layer.linear(x, name, inner, settings.innerBiased()), settings.activation());
    }

    // ---------------------------------------------------------------- heads

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

    /** The hub's head has biases where feed-forwards have; the other's always. */
    @Override
    public Value vocabularyLogits(EncoderScope encoder, Value hidden) {
        NomicSettings settings = NomicSettings.of(encoder);
        boolean biased = settings.innerBiased() || Names.of(encoder.weights()) == TRANSFORMERS;
        Value x = encoder.activate(encoder.linear(hidden, "cls.predictions.transform.dense", settings.features(),
                biased), settings.headActivation());
        return VocabularyHead.decoded(encoder,
                encoder.layerNorm(x, "cls.predictions.transform.layer_norm", settings.epsilon()),
                "cls.predictions.decoder",
                biased ? List.of("cls.predictions.bias", "cls.predictions.decoder.bias") : List.of(), wordTable());
    }
}
