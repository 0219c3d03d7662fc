package io.lanewise.springai;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.TextCounters;
import io.lanewise.text.TextEmbedder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.embedding.observation.DefaultEmbeddingModelObservationConvention;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationConvention;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationDocumentation;

/**
 * Embeds texts in the process and without native code, as an embedding model of Spring AI.
 *
 * <p>The texts of a request are one call: no row of padding is computed, and a text's vector has the same bits alone and beside others.
 * Documents may have a prompt of their own, as many models want it. Each request is an observation of Spring AI's kind, with the
 * tokens that it had; what waits and computes is counted by {@link #counters}.
 *
 * <p>For any number of threads. Closing waits for calls in flight and closes the embedder; a bean is closed with its context.
 */
public final class LanewiseEmbeddingModel implements EmbeddingModel, AutoCloseable {

    private static final String PROVIDER = "lanewise";
    private static final EmbeddingModelObservationConvention CONVENTION = new DefaultEmbeddingModelObservationConvention();

    private final TextEmbedder embedder;
    private final String name;
    private final EmbeddingOptions options;
    private final String documentPrompt;
    private final ObservationRegistry observations;

    /**
     * Makes a model of an embedder.
     *
     * @param embedder is closed with the model
     * @param name what responses and observations call it
     * @param options for texts of requests that say nothing else
     * @param documentPrompt the name of the prompt of documents; null for that of other texts
     * @param observations who is told of requests
     * @throws LanewiseException if the embedder has no such prompt, or vectors have not so many numbers
     */
    public LanewiseEmbeddingModel(TextEmbedder embedder, String name, EmbeddingOptions options, String documentPrompt,
            ObservationRegistry observations) {
        this.embedder = embedder;
        this.name = name;
        this.options = options;
        this.documentPrompt = documentPrompt == null ? options.prompt() : documentPrompt;
        this.observations = observations;
        embedder.dimension(options);
        embedder.dimension(options.prompt(this.documentPrompt));
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        EmbeddingModelObservationContext context = EmbeddingModelObservationContext.builder()
                .embeddingRequest(named(request)).provider(PROVIDER).build();
        return EmbeddingModelObservationDocumentation.EMBEDDING_MODEL_OPERATION
                .observation(null, CONVENTION, () -> context, observations).observe(() -> {
                    EmbeddingResponse response = response(request);
                    context.setResponse(response);
                    return response;
                });
    }

    /** An observation is called by its model's name, which a request need not say. */
    private EmbeddingRequest named(EmbeddingRequest request) {
        return new EmbeddingRequest(request.getInstructions(), org.springframework.ai.embedding.EmbeddingOptions
                .builder().model(name).dimensions(dimensions(request)).build());
    }

    private int dimensions(EmbeddingRequest request) {
        return embedder.dimension(options(request.getOptions()));
    }

    private EmbeddingResponse response(EmbeddingRequest request) {
        List<String> texts = request.getInstructions();
        float[][] vectors = embedder.embed(texts, options(request.getOptions()));
        List<Embedding> embeddings = new ArrayList<>(vectors.length);
        for (float[] vector : vectors) {
            embeddings.add(new Embedding(vector, embeddings.size()));
        }
        int tokens = texts.stream().mapToInt(embedder::tokens).sum();
        return new EmbeddingResponse(embeddings,
                new EmbeddingResponseMetadata(name, new DefaultUsage(tokens, 0, tokens)));
    }

    private EmbeddingOptions options(org.springframework.ai.embedding.EmbeddingOptions asked) {
        EmbeddingOptions merged = options;
        if (asked == null) {
            return merged;
        }
        if (asked.getModel() != null && !asked.getModel().equals(name)) {
            throw new LanewiseException("a request's model must be that of the bean, or none: model=%s, bean's=%s"
                    .formatted(LanewiseException.quote(asked.getModel()), name));
        }
        if (asked.getDimensions() != null) {
            merged = merged.dimensions(asked.getDimensions());
        }
        return asked instanceof LanewiseEmbeddingOptions own && own.prompt() != null
                ? merged.prompt(own.prompt())
                : merged;
    }

    private LanewiseEmbeddingOptions forDocuments(org.springframework.ai.embedding.EmbeddingOptions asked) {
        options(asked);
        String prompt = asked instanceof LanewiseEmbeddingOptions own && own.prompt() != null
                ? own.prompt()
                : documentPrompt;
        return new LanewiseEmbeddingOptions(prompt, asked == null ? null : asked.getDimensions());
    }

    @Override
    public float[] embed(Document document) {
        return call(new EmbeddingRequest(List.of(getEmbeddingContent(document)), forDocuments(null))).getResult()
                .getOutput();
    }

    @Override
    public List<float[]> embed(List<Document> documents, org.springframework.ai.embedding.EmbeddingOptions asked,
            BatchingStrategy batchingStrategy) {
        return EmbeddingModel.super.embed(documents, forDocuments(asked), batchingStrategy);
    }

    @Override
    public int dimensions() {
        return embedder.dimension(options);
    }

    /** Returns how many tokens a text has, special ones included, before it is cut. */
    public int tokens(String text) {
        return embedder.tokens(text);
    }

    /** Returns the most tokens of a text; what has more is cut, averaged or refused. */
    public int maxTokens() {
        return embedder.maxTokens();
    }

    /** Returns what the model has done so far. */
    public TextCounters counters() {
        return embedder.counters();
    }

    /** Returns what responses call the model. */
    public String name() {
        return name;
    }

    /** Waits for calls in flight, then frees everything. */
    @Override
    public void close() {
        embedder.close();
    }
}
