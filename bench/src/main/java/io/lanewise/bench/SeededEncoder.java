package io.lanewise.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import io.lanewise.encoders.Encoder;
import io.lanewise.encoders.EncoderConfig;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.encoders.SentenceModule;
import io.lanewise.graph.Pooling;
import io.lanewise.json.JsonFile;
import io.lanewise.weights.Checkpoint;

/**
 * A BERT with made-up weights, whose sentences are the mean of their tokens, of length 1. Immutable; the same seed makes the same
 * numbers.
 *
 * @param layers how many
 * @param hidden the features of a token
 * @param heads of attention
 * @param inner the features inside a feed-forward
 * @param vocabulary the words that there are
 * @param positions the tokens of the longest text
 */
public record SeededEncoder(int layers, int hidden, int heads, int inner, int vocabulary, int positions) {

    /** The size of all-MiniLM-L6-v2, with fewer words. */
    public static final SeededEncoder MINI = new SeededEncoder(6, 384, 12, 1536, 1000, 512);

    /** The size of bert-base, with fewer words. */
    public static final SeededEncoder BASE = new SeededEncoder(12, 768, 12, 3072, 1000, 512);

    private static final String CONFIG = """
            {"model_type": "bert", "architectures": ["%s"], "num_hidden_layers": %d, "hidden_size": %d,
             "num_attention_heads": %d, "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d}
            """;

    /** Makes the encoder; the caller closes it, or the model that it is handed to. */
    public Encoder encoder(long seed) {
        SentenceModule mean = new SentenceModule.Pool(List.of(new SentenceModule.AllRows(Pooling.MEAN)));
        return encoder("BertModel", List.of(mean, new SentenceModule.Normalize()),
                weights(new SplittableRandom(seed)));
    }

    /** Makes an encoder that gives a score to pairs, by their first row; the caller closes it, as above. */
    public Encoder reranker(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Checkpoint.Builder weights = weights(random);
        linear(weights, "pooler.dense", hidden, hidden, random);
        linear(weights, "classifier", 1, hidden, random);
        return encoder("BertForSequenceClassification", List.of(), weights);
    }

    private Encoder encoder(String architecture, List<SentenceModule> modules, Checkpoint.Builder weights) {
        EncoderConfig config = new EncoderConfig(JsonFile
                .line(CONFIG.formatted(architecture, layers, hidden, heads, inner, vocabulary, positions)));
        return Encoder.of(new ModelFolder(Path.of("seeded"), config, modules, !modules.isEmpty()), weights.build());
    }

    /** Makes ids of a text. */
    public int[] ids(int tokens, long seed) {
        return new SplittableRandom(seed).ints(tokens, 0, vocabulary).toArray();
    }

    /** Makes all weights below the heads. */
    Checkpoint.Builder weights(RandomGenerator random) {
        Checkpoint.Builder weights = Checkpoint.builder();
        table(weights, "embeddings.word_embeddings", vocabulary, random);
        table(weights, "embeddings.position_embeddings", positions, random);
        table(weights, "embeddings.token_type_embeddings", 2, random);
        norm(weights, "embeddings.LayerNorm", random);
        for (int i = 0; i < layers; i++) {
            String layer = "encoder.layer." + i + ".";
            for (String name : List.of("query", "key", "value")) {
                linear(weights, layer + "attention.self." + name, hidden, hidden, random);
            }
            linear(weights, layer + "attention.output.dense", hidden, hidden, random);
            norm(weights, layer + "attention.output.LayerNorm", random);
            linear(weights, layer + "intermediate.dense", inner, hidden, random);
            linear(weights, layer + "output.dense", hidden, inner, random);
            norm(weights, layer + "output.LayerNorm", random);
        }
        return weights;
    }

    private void table(Checkpoint.Builder weights, String name, int rows, RandomGenerator random) {
        weights.weight(name + ".weight", uniform(rows * hidden, -0.1, 0.1, random), rows, hidden);
    }

    private void norm(Checkpoint.Builder weights, String name, RandomGenerator random) {
        weights.weight(name + ".weight", uniform(hidden, 0.5, 1.5, random), hidden);
        weights.weight(name + ".bias", uniform(hidden, -0.1, 0.1, random), hidden);
    }

    /** Linear layers are uniform within {@code ±2/√fan-in}, so that attention is not flat. */
    static void linear(Checkpoint.Builder weights, String name, int out, int in, RandomGenerator random) {
        double bound = 2 / Math.sqrt(in);
        weights.weight(name + ".weight", uniform(out * in, -bound, bound, random), out, in);
        weights.weight(name + ".bias", uniform(out, -0.1, 0.1, random), out);
    }

    static float[] uniform(int count, double least, double most, RandomGenerator random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(least, most);
        }
        return values;
    }
}
