package io.lanewise.importers.onnx;

import java.util.List;
import java.util.Map;

/**
 * What tells encoders of one family from another's, and how its hub files call things.
 *
 * @param modelType as in {@code config.json}
 * @param className the start of the names of its classes
 * @param prefix of weights that a classifier's file has
 * @param classifier the names of a classifier's two linear layers, and the activation between them
 * @param vocabulary the names of a masked-language head; null where the engine knows none
 * @param layer the name of a layer's list of weights
 * @param names of a layer's parts, by what the grammar calls them
 * @param sizes the names of the settings: hidden size, layers, heads, intermediate size, activation
 */
record Family(String modelType, String className, String prefix, boolean hasTypes, boolean countsPlaces,
        boolean hasRelative, Classifier classifier, Vocabulary vocabulary, String layer, Map<String, String> names,
        List<String> sizes) {

    /** The two linear layers of a classifier, and the activation between them. */
    record Classifier(String dense, String activation, String out) {}

    /**
     * The layers of a masked-language head.
     *
     * @param activation the one that is always there; null where it is that of the encoder's layers
     */
    record Vocabulary(String dense, String activation, String norm, String decoder, String bias) {}

    private static final Map<String, String> BERT_NAMES = Map.of(
            "query", "attention.self.query",
            "key", "attention.self.key",
            "value", "attention.self.value",
            "attention.output", "attention.output.dense",
            "attention.norm", "attention.output.LayerNorm",
            "intermediate", "intermediate.dense",
            "output", "output.dense",
            "output.norm", "output.LayerNorm");

    private static final Map<String, String> DISTILBERT_NAMES = Map.of(
            "query", "attention.q_lin",
            "key", "attention.k_lin",
            "value", "attention.v_lin",
            "attention.output", "attention.out_lin",
            "attention.norm", "sa_layer_norm",
            "intermediate", "ffn.lin1",
            "output", "ffn.lin2",
            "output.norm", "output_layer_norm");

    private static final Map<String, String> MPNET_NAMES = Map.of(
            "query", "attention.attn.q",
            "key", "attention.attn.k",
            "value", "attention.attn.v",
            "attention.output", "attention.attn.o",
            "attention.norm", "attention.LayerNorm",
            "intermediate", "intermediate.dense",
            "output", "output.dense",
            "output.norm", "output.LayerNorm");

    private static final List<String> BERT_SIZES = List.of("hidden_size", "num_hidden_layers", "num_attention_heads",
            "intermediate_size", "hidden_act");
    private static final List<String> DISTILBERT_SIZES = List.of("dim", "n_layers", "n_heads", "hidden_dim",
            "activation");

    private static final Classifier OUT_PROJ = new Classifier("classifier.dense", "tanh", "classifier.out_proj");

    private static final Vocabulary LM_HEAD = new Vocabulary("lm_head.dense", "gelu", "lm_head.layer_norm",
            "lm_head.decoder", "lm_head.bias");

    static final Family BERT = new Family("bert", "Bert", "bert.", true, false, false,
            new Classifier("bert.pooler.dense", "tanh", "classifier"),
            new Vocabulary("cls.predictions.transform.dense", null, "cls.predictions.transform.LayerNorm",
                    "cls.predictions.decoder", "cls.predictions.bias"),
            "encoder.layer.", BERT_NAMES, BERT_SIZES);
    static final Family ELECTRA = new Family("electra", "Electra", "electra.", true, false, false,
            new Classifier("classifier.dense", "gelu", "classifier.out_proj"), null, "encoder.layer.", BERT_NAMES,
            BERT_SIZES);
    static final Family ROBERTA = new Family("roberta", "Roberta", "roberta.", true, true, false, OUT_PROJ,
            LM_HEAD, "encoder.layer.", BERT_NAMES, BERT_SIZES);
    static final Family DISTILBERT = new Family("distilbert", "DistilBert", "distilbert.", false, false, false,
            new Classifier("pre_classifier", "relu", "classifier"),
            new Vocabulary("vocab_transform", null, "vocab_layer_norm", "vocab_projector", "vocab_projector.bias"),
            "transformer.layer.", DISTILBERT_NAMES,
            DISTILBERT_SIZES);
    static final Family MPNET = new Family("mpnet", "MPNet", "mpnet.", false, true, true, OUT_PROJ, LM_HEAD,
            "encoder.layer.",
            MPNET_NAMES, BERT_SIZES);

    private static final List<Family> ALL = List.of(BERT, ELECTRA, ROBERTA, DISTILBERT, MPNET);

    /** Returns the families that look so. */
    static List<Family> of(boolean hasTypes, boolean countsPlaces, boolean hasRelative) {
        return ALL.stream().filter(family -> family.hasTypes == hasTypes && family.countsPlaces == countsPlaces
                && family.hasRelative == hasRelative).toList();
    }
}
