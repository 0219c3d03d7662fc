package io.lanewise.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

import io.lanewise.encoders.Encoder;
import io.lanewise.encoders.EncoderConfig;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.json.JsonFile;
import io.lanewise.weights.Checkpoint;

/** Families of encoders with the made-up weights of {@link SeededEncoder}, under each family's own names, and its heads. */
public enum SeededFamily {

    /** Token types, places from 0 on. */
    BERT("bert", "Bert", List.of("pooler.dense", "classifier")),

    /** Token types, places behind the padding's id. */
    ROBERTA("roberta", "Roberta", List.of("classifier.dense", "classifier.out_proj")),

    /** No token types, places from 0 on. */
    DISTILBERT("distilbert", "DistilBert", List.of("pre_classifier", "classifier"),
            new Own("encoder.layer", "transformer.layer"), new Own("attention.self.query", "attention.q_lin"),
            new Own("attention.self.key", "attention.k_lin"), new Own("attention.self.value", "attention.v_lin"),
            new Own("attention.output.dense", "attention.out_lin"),
            new Own("attention.output.LayerNorm", "sa_layer_norm"), new Own("intermediate.dense", "ffn.lin1"),
            new Own("output.dense", "ffn.lin2"), new Own("output.LayerNorm", "output_layer_norm")),

    /** No token types, places behind the padding's id, a number for each distance. */
    MPNET("mpnet", "MPNet", List.of("classifier.dense", "classifier.out_proj"),
            new Own("attention.self.query", "attention.attn.q"), new Own("attention.self.key", "attention.attn.k"),
            new Own("attention.self.value", "attention.attn.v"),
            new Own("attention.output.dense", "attention.attn.o"),
            new Own("attention.output.LayerNorm", "attention.LayerNorm"));

    /** What stands on an encoder. */
    public enum Head {
        /** Nothing. */
        NONE("Model"),
        /** A number for each label of a text. */
        TEXT_LABELS("ForSequenceClassification"),
        /** A number for each label of a token. */
        TOKEN_LABELS("ForTokenClassification");

        private final String ending;

        Head(String ending) {
            this.ending = ending;
        }
    }

    /** What a family calls otherwise than BERT, the longer names first. */
    private record Own(String bert, String name) {}

    /** DistilBERT has words of its own for sizes. */
    private static final String CONFIG = """
            {"model_type": "%s", "architectures": ["%s"], "num_hidden_layers": %d, "n_layers": %3$d,
             "hidden_size": %d, "dim": %4$d, "num_attention_heads": %d, "n_heads": %5$d, "intermediate_size": %d,
             "hidden_dim": %6$d, "vocab_size": %d, "max_position_embeddings": %d}
            """;
    private static final String TYPES = "embeddings.token_type_embeddings.weight";
    private static final String DISTANCES = "encoder.relative_attention_bias.weight";
    private static final int BUCKETS = 32;
    private static final int LABELS = 5;

    private final String modelType;
    private final String className;
    private final List<String> classifier;
    private final List<Own> names;

    SeededFamily(String modelType, String className, List<String> classifier, Own... names) {
        this.modelType = modelType;
        this.className = className;
        this.classifier = classifier;
        this.names = List.of(names);
    }

    /** Makes an encoder; the caller closes it, or the model that it is handed to. */
    public Encoder encoder(SeededEncoder sizes, Head head, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Checkpoint.Builder weights = Checkpoint.builder();
        Checkpoint berts = sizes.weights(random).build();
        for (String name : berts.names()) {
            Checkpoint.Entry weight = berts.find(name).orElseThrow();
            if (!name.equals(TYPES) || hasTypes()) {
                weights.weight(own(name), weight.floats().get(),
                        weight.shape().stream().mapToLong(Long::longValue).toArray());
            }
        }
        if (this == MPNET) {
            weights.weight(DISTANCES, SeededEncoder.uniform(BUCKETS * sizes.heads(), -1, 1, random), BUCKETS,
                    sizes.heads());
        }
        addHead(weights, sizes.hidden(), head, random);
        EncoderConfig config = new EncoderConfig(JsonFile.line(CONFIG.formatted(modelType, className + head.ending,
                sizes.layers(), sizes.hidden(), sizes.heads(), sizes.inner(), sizes.vocabulary(), sizes.positions())));
        return Encoder.of(new ModelFolder(Path.of("seeded"), config, List.of(), false), weights.build());
    }

    private boolean hasTypes() {
        return this == BERT || this == ROBERTA;
    }

    private String own(String name) {
        String own = name;
        for (Own each : names) {
            own = own.replace(each.bert(), each.name());
        }
        return own;
    }

    private void addHead(Checkpoint.Builder weights, int hidden, Head head, SplittableRandom random) {
        switch (head) {
            case NONE -> {
            }
            case TEXT_LABELS -> {
                SeededEncoder.linear(weights, classifier.getFirst(), hidden, hidden, random);
                SeededEncoder.linear(weights, classifier.getLast(), LABELS, hidden, random);
            }
            case TOKEN_LABELS -> SeededEncoder.linear(weights, "classifier", LABELS, hidden, random);
        }
    }
}
