package io.lanewise.langchain4j;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.DimensionAwareEmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import io.lanewise.LanewiseException;
import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.LongTexts;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;

/**
 * Embeds texts in the process and without native code, as an embedding model of LangChain4j.
 *
 * <p>A list of segments is one call: no row of padding is computed, and a text's vector has the same bits alone and in any list. A
 * request may ask for fewer dimensions, and for an input type where the folder has prompts for queries or documents. A
 * {@link TokenUsage} counts the texts' own tokens, without special ones, prompts and the cutting of long texts, as LangChain4j's
 * models in the process do.
 *
 * <p>For any number of threads. Must be closed, which waits for calls in flight.
 */
public final class LanewiseEmbeddingModel extends DimensionAwareEmbeddingModel implements AutoCloseable {

    /** The first that the folder has is taken, as sentence-transformers does. */
    private static final List<String> QUERY_PROMPTS = List.of("query");
    private static final List<String> DOCUMENT_PROMPTS = List.of("document", "passage", "corpus");

    private final TextEmbedder embedder;
    private final String name;
    private final List<EmbeddingModelListener> listeners;
    private final EmbeddingOptions options;
    private final String queryPrompt; // null where there is none
    private final String documentPrompt;
    private final int specialTokens;

    private LanewiseEmbeddingModel(TextEmbedder embedder, Builder builder) {
        this.embedder = embedder;
        this.name = builder.shownName();
        this.listeners = builder.listeners;
        this.options = builder.embedding;
        this.queryPrompt = prompt(QUERY_PROMPTS);
        this.documentPrompt = prompt(DOCUMENT_PROMPTS);
        this.specialTokens = embedder.tokens("");
        this.dimension = embedder.dimension(options);
    }

    private String prompt(List<String> names) {
        return names.stream().filter(embedder.prompts()::contains).findFirst().orElse(null);
    }

    /** Starts a model. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a model is made of. */
    public static final class Builder extends ModelBuilder<Builder> {

        private TextEmbedder own;
        private String name;
        private List<EmbeddingModelListener> listeners = List.of();
        private EmbeddingOptions embedding = EmbeddingOptions.defaults();

        /** As LangChain4j's own models in the process: windows of 512 tokens, averaged. */
        private Builder() {
            super(TextOptions.defaults().maxTokens(512).longTexts(LongTexts.AVERAGE));
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets what becomes of a text that has more tokens than {@link #maxTokens}. By default its windows are averaged, weighted by
         * their tokens.
         */
        public Builder longTexts(LongTexts what) {
            change(options().longTexts(what));
            return this;
        }

        /**
         * Sets an embedder that is there already, such as one of {@code OnnxEmbedder} straight from an ONNX file; it is closed with the
         * model. Its own options count, and no folder is needed.
         */
        public Builder embedder(TextEmbedder loaded) {
            own = loaded;
            return this;
        }

        /** Sets the name that responses and listeners see; by default that of the folder. */
        public Builder modelName(String modelName) {
            name = modelName;
            return this;
        }

        /** Sets how many of a vector's numbers are kept, for models that were trained for it; all by default. */
        public Builder dimensions(int count) {
            embedding = embedding.dimensions(count);
            return this;
        }

        /** Sets the folder's prompt that is written before a text whose request has no input type. */
        public Builder prompt(String promptName) {
            embedding = embedding.prompt(promptName);
            return this;
        }

        /** Sets who is told of requests, responses and errors. */
        public Builder listeners(List<EmbeddingModelListener> all) {
            listeners = List.copyOf(all);
            return this;
        }

        private String shownName() {
            if (name != null || own != null) {
                return name == null ? "unknown" : name;
            }
            return location().name();
        }

        /**
         * Loads the model.
         *
         * @throws LanewiseException if something is missing, does not fit, or is not known
         */
        public LanewiseEmbeddingModel build() {
            TextEmbedder embedder = own != null
                    ? own
                    : location().load(folder -> TextEmbedder.load(folder, options()));
            try {
                return new LanewiseEmbeddingModel(embedder, this);
            } catch (RuntimeException | Error refused) {
                embedder.close();
                throw refused;
            }
        }
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        List<String> texts = request.inputs().stream().map(EmbeddingInput::text).toList();
        float[][] vectors = embedder.embed(texts, options(request.parameters()));
        return EmbeddingResponse.builder().embeddings(Arrays.stream(vectors).map(Embedding::from).toList())
                .metadata(EmbeddingResponseMetadata.builder().modelName(name).tokenUsage(usage(texts)).build()).build();
    }

    private EmbeddingOptions options(EmbeddingRequestParameters parameters) {
        EmbeddingOptions asked = options;
        if (parameters.dimensions() != null) {
            asked = asked.dimensions(parameters.dimensions());
        }
        if (parameters.inputType() != null) {
            asked = asked.prompt(promptOf(parameters.inputType()));
        }
        return asked;
    }

    /** A side without a prompt of its own gets that of every text. */
    private String promptOf(EmbeddingInputType type) {
        String prompt = type == EmbeddingInputType.QUERY ? queryPrompt : documentPrompt;
        return prompt == null ? options.prompt() : prompt;
    }

    private TokenUsage usage(List<String> texts) {
        int tokens = 0;
        for (String text : texts) {
            tokens += embedder.tokens(text) - specialTokens;
        }
        return new TokenUsage(tokens);
    }

    /** Dimensions, and the input type where the folder has a prompt for one. */
    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        Set<EmbeddingParameter<?>> supported = new LinkedHashSet<>();
        supported.add(EmbeddingRequestParameters.DIMENSIONS);
        if (queryPrompt != null || documentPrompt != null) {
            supported.add(EmbeddingRequestParameters.INPUT_TYPE);
        }
        return supported;
    }

    @Override
    public List<EmbeddingModelListener> listeners() {
        return listeners;
    }

    @Override
    public String modelName() {
        return name;
    }

    /** Returns how tokens of this model are counted; usable as long as the model is not closed. */
    public LanewiseTokenCountEstimator tokenCountEstimator() {
        return new LanewiseTokenCountEstimator(embedder::tokens);
    }

    /** Waits for calls in flight, then frees everything. */
    @Override
    public void close() {
        embedder.close();
    }
}
