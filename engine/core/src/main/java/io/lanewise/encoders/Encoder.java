package io.lanewise.encoders;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.GraphBuilder;
import io.lanewise.graph.Network;
import io.lanewise.graph.Op;
import io.lanewise.graph.Pooling;
import io.lanewise.graph.RowPlace;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.weights.Checkpoint;

/**
 * An encoder with its weights and all that its folder makes of the hidden states. Its results, as far as the folder has them:
 *
 * <ul>
 * <li>{@code last_hidden_state} {@code [B, L, H]}, zero where there is padding
 * <li>{@code pooler_output} {@code [B, H]}
 * <li>{@code sentence_embedding} {@code [B, D]}
 * <li>{@code logits} {@code [B, labels]}, {@code [B, L, labels]} or {@code [B, L, V]}
 * <li>{@code scores} {@code [B]}, of a classification with one label
 * <li>{@code sparse_embedding} {@code [B, V]}
 * </ul>
 *
 * <p>When asked for, {@code hidden_states.k}, the input of layer k, and attention maps. Weights are read from the file when a session
 * first needs them, and ids' rows at every run: the folder must stay until the encoder is closed.
 */
public final class Encoder implements Network {

    /** More than any encoder has: a file of a few bytes may claim anything. */
    static final int MOST_LAYERS = 128;

    private final ModelFolder folder;
    private final Architecture architecture;
    private final Checkpoint checkpoint;
    private final EncoderWeights weights;
    private final int vocabulary;
    private final int types;

    private Encoder(ModelFolder folder, Checkpoint checkpoint) {
        this.folder = folder;
        this.checkpoint = checkpoint;
        this.architecture = Architectures.of(folder.config());
        String table = architecture.wordTable() + ".weight";
        this.weights = new EncoderWeights(checkpoint, architecture.prefixes(), table);
        this.vocabulary = weights.size(table, 0);
        this.types = types();
        requireVocabulary();
    }

    /**
     * Opens a model's folder.
     *
     * @throws LanewiseException if it lacks something, or says something that is not known
     */
    public static Encoder open(Path folder) {
        return open(ModelFolder.open(folder));
    }

    /** Opens the encoder of a folder whose settings were read. */
    public static Encoder open(ModelFolder folder) {
        return of(folder, folder.weights());
    }

    /**
     * Makes an encoder of settings and a checkpoint, which it closes.
     *
     * @throws LanewiseException if it lacks something, or the settings say something that is not known
     */
    public static Encoder of(ModelFolder folder, Checkpoint checkpoint) {
        try {
            return new Encoder(folder, checkpoint);
        } catch (RuntimeException | Error refused) {
            checkpoint.close();
            throw refused;
        }
    }

    private int types() {
        String table = architecture.typeTable() + ".weight";
        return architecture.typeTable() != null && weights.has(table) && weights.size(table, 0) > 1
                ? weights.size(table, 0)
                : 0;
    }

    /** Tables are padded by some: they may have more rows than there are words, but not fewer. */
    private void requireVocabulary() {
        int claimed = folder.config().size("vocab_size", vocabulary, 1 << 24);
        boolean isPadded = folder.config().has("pad_vocab_size_multiple") && claimed <= vocabulary;
        if (claimed != vocabulary && !isPadded) {
            throw new LanewiseException("vocab_size must be the rows of %s: vocab_size=%d, rows=%d, in %s".formatted(
                    architecture.wordTable(), claimed, vocabulary, folder.path()));
        }
    }

    /** Returns the number of layers. */
    static int layers(EncoderConfig config, String name, int absent) {
        return config.size(name, absent, MOST_LAYERS);
    }

    // ---------------------------------------------------------------- what it is

    /** Returns the folder's settings. */
    public ModelFolder folder() {
        return folder;
    }

    /** Returns how many ids the table has rows for. */
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public String name() {
        return folder.config().text("model_type", null);
    }

    @Override
    public List<String> requiredInputs() {
        return List.of(EncoderScope.IDS);
    }

    @Override
    public List<String> optionalInputs() {
        return types > 1 ? List.of(EncoderScope.TYPES) : List.of();
    }

    // ---------------------------------------------------------------- the graph

    @Override
    public Graph graph(Set<String> given) {
        GraphBuilder graph = new GraphBuilder();
        EncoderScope encoder = EncoderScope.of(graph, folder.config(), weights, vocabulary,
                weights.size(architecture.wordTable() + ".weight", 1),
                given.contains(EncoderScope.TYPES) ? types : 0);
        Value hidden = architecture.describe(encoder);
        encoder.output("last_hidden_state", hidden);
        Value pooled = architecture.pooler(encoder, hidden);
        if (pooled != null) {
            encoder.output("pooler_output", pooled);
        }
        switch (folder.task()) {
            case FEATURES -> embedding(encoder, hidden);
            case SEQUENCE_CLASSIFICATION -> classification(encoder, hidden);
            case TOKEN_CLASSIFICATION ->
                encoder.output("logits", architecture.tokenLogits(encoder, hidden, encoder.rowsOf("classifier")));
            case MASKED_LANGUAGE -> vocabulary(encoder, hidden);
        }
        weights.refuseMissing();
        return graph.build();
    }

    private int labels(String classifier) {
        return weights.size(classifier + ".weight", 0);
    }

    private void classification(EncoderScope encoder, Value hidden) {
        int labels = encoder.rowsOf(architecture.classifier());
        Value logits = architecture.sequenceLogits(encoder, hidden, labels);
        encoder.output("logits", logits);
        if (labels == 1) {
            encoder.output("scores", encoder.add(new Op.Flatten(encoder.activate(logits, scoring()))));
        }
    }

    /** Returns the function that makes a reranker's score of its logit. */
    private Activation scoring() {
        EncoderConfig config = folder.config();
        if (config.has("sentence_transformers") && config.json().get("sentence_transformers").has("activation_fn")) {
            return SentenceModules.activation(config.json().get("sentence_transformers").get("activation_fn"),
                    Activation.SIGMOID);
        }
        return SentenceModules.activation(config.json().optional("sbert_ce_default_activation_function"),
                Activation.SIGMOID);
    }

    private void vocabulary(EncoderScope encoder, Value hidden) {
        Value logits = architecture.vocabularyLogits(encoder, hidden);
        encoder.output("logits", logits);
        boolean isSparse = false;
        for (SentenceModule module : folder.modules()) {
            if (module instanceof SentenceModule.Splade splade) {
                if (isSparse) {
                    throw new LanewiseException("words must be pooled once: folder=" + folder.path());
                }
                encoder.output("sparse_embedding", sparse(encoder, logits, splade));
                isSparse = true;
            }
        }
        if (!isSparse) {
            embedding(encoder, hidden);
        }
        if (!folder.saysModules()) { // what sentence-transformers makes of such a folder
            encoder.output("sparse_embedding", sparse(encoder, logits, new SentenceModule.Splade(Pooling.MAX, 1)));
        }
    }

    /** A logarithm keeps the order of numbers, so that the largest may be chosen first. */
    private static Value sparse(EncoderScope encoder, Value logits, SentenceModule.Splade splade) {
        return splade.pooling() == Pooling.MAX
                ? weighed(encoder, encoder.pool(logits, Pooling.MAX), splade.times())
                : encoder.pool(weighed(encoder, logits, splade.times()), splade.pooling());
    }

    private static Value weighed(EncoderScope encoder, Value x, int times) {
        Value weighed = x;
        for (int i = 0; i < times; i++) {
            weighed = encoder.activate(weighed, Activation.LOG1P_RELU);
        }
        return weighed;
    }

    // ---------------------------------------------------------------- sentences

    private void embedding(EncoderScope encoder, Value hidden) {
        Value sentence = null;
        for (SentenceModule module : folder.modules()) {
            sentence = switch (module) {
                case SentenceModule.Pool pool -> {
                    requireFirst(sentence);
                    yield pooled(encoder, hidden, pool.parts());
                }
                case SentenceModule.Dense dense -> dense(encoder, orMean(encoder, hidden, sentence), dense);
                case SentenceModule.Normalize _ -> encoder.normalize(orMean(encoder, hidden, sentence));
                case SentenceModule.Splade _ -> throw new LanewiseException(
                        "sparse embeddings need a masked-language head: folder=" + folder.path());
            };
        }
        encoder.output("sentence_embedding", orMean(encoder, hidden, sentence));
    }

    private void requireFirst(Value sentence) {
        if (sentence != null) {
            throw new LanewiseException("pooling must come before all else, and once: folder=" + folder.path());
        }
    }

    /** Where a folder does not say how rows become one, they do as the family usually has it. */
    private Value orMean(EncoderScope encoder, Value hidden, Value sentence) {
        if (sentence != null) {
            return sentence;
        }
        return architecture.poolsByMean(folder.config())
                ? encoder.pool(hidden, Pooling.MEAN)
                : encoder.select(hidden, RowPlace.FIRST);
    }

    private static Value pooled(EncoderScope encoder, Value hidden, List<SentenceModule.Part> parts) {
        return parts.stream().map(part -> switch (part) {
            case SentenceModule.OneRow(RowPlace row) -> encoder.select(hidden, row);
            case SentenceModule.AllRows(Pooling pooling) -> encoder.pool(hidden, pooling);
        }).reduce(encoder::concat).orElseThrow();
    }

    private static Value dense(EncoderScope encoder, Value x, SentenceModule.Dense dense) {
        if (dense.in() != x.rows().features()) {
            throw new LanewiseException("in_features must be as many as come in: in_features=%d, features=%d, in %s"
                    .formatted(dense.in(), x.rows().features(), dense.weights().origin()));
        }
        Value y = encoder.activate(encoder.linear(x, constant(encoder, dense, "linear.weight", dense.in()),
                dense.bias() ? constant(encoder, dense, "linear.bias", 0) : null), dense.activation());
        if (!dense.residual()) {
            return y;
        }
        boolean isProjected = dense.in() != dense.out() || dense.weights().find("residual.weight").isPresent();
        return encoder.sum(y, isProjected
                ? encoder.linear(x, constant(encoder, dense, "residual.weight", dense.in()), null)
                : x);
    }

    private static Value constant(EncoderScope encoder, SentenceModule.Dense dense, String name, int columns) {
        List<Long> shape = columns == 0 ? List.of((long) dense.out()) : List.of((long) dense.out(), (long) columns);
        Checkpoint.Entry entry = dense.weights().find(name).filter(found -> found.isFloat()
                && found.shape().equals(shape)).orElseThrow(() -> new LanewiseException(
                        "weight must be F32 %s: %s in %s".formatted(shape, name, dense.weights().origin())));
        return encoder.constant(new Constant(name,
                columns == 0 ? new Shape.Vector(dense.out()) : new Shape.Matrix(dense.out(), columns),
                entry.floats().get()));
    }

    /** Returns what classes a classification has, by number. */
    public List<String> labels() {
        EncoderConfig config = folder.config();
        int count = labels(folder.task() == Task.TOKEN_CLASSIFICATION ? "classifier" : architecture.classifier());
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> config.has("id2label")
                && config.json().get("id2label").has(Integer.toString(i))
                        ? config.json().get("id2label").get(Integer.toString(i)).text()
                        : "LABEL_" + i)
                .toList();
    }

    @Override
    public void close() {
        checkpoint.close();
    }
}
