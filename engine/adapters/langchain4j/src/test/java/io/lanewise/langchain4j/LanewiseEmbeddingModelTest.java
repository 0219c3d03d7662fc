package io.lanewise.langchain4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelErrorContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.lanewise.LanewiseException;
import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.LongTexts;
import io.lanewise.text.ModelLocation;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextException;
import io.lanewise.text.TextOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

/** What LangChain4j asks of an embedding model, of a tiny one from the class path. */
class LanewiseEmbeddingModelTest {

    private static final String LOCATION = "classpath:models/embedder";
    private static final int FEATURES = 16;
    private static final int PLACES = 24;

    private static TextEmbedder embedder;
    private static LanewiseEmbeddingModel model;

    @BeforeAll
    static void load() {
        embedder = ModelLocation.of(LOCATION).load(TextEmbedder::load);
        model = LanewiseEmbeddingModel.builder().location(LOCATION).build();
    }

    @AfterAll
    static void close() {
        model.close();
        embedder.close();
    }

    private static String words(int count) {
        return IntStream.range(0, count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    private static EmbeddingRequest request(EmbeddingRequestParameters parameters, String... texts) {
        return EmbeddingRequest.builder().textSegments(List.of(texts).stream().map(TextSegment::from).toList())
                .parameters(parameters).build();
    }

    @Test
    void shouldEmbedAsTheEmbedderDoes() {
        assertEquals(FEATURES, model.dimension());
        assertEquals("embedder", model.modelName());
        assertArrayEquals(embedder.embed("w1 w2 w3"), model.embed("w1 w2 w3").content().vector());
        Response<List<Embedding>> all = model.embedAll(List.of(TextSegment.from("w1 w2 w3"), TextSegment.from("w4")));
        assertArrayEquals(embedder.embed("w1 w2 w3"), all.content().get(0).vector());
        assertArrayEquals(embedder.embed("w4"), all.content().get(1).vector());
        assertEquals(new TokenUsage(4), all.tokenUsage());
        assertEquals(List.of(), model.embedAll(List.of()).content());
    }

    @Test
    void shouldAverageWindowsOfLongTextsUnlessToldOtherwise() {
        String longText = words(PLACES + 5);
        assertEquals(PLACES + 5, model.embed(longText).tokenUsage().inputTokenCount());
        TextOptions averaged = TextOptions.defaults().longTexts(LongTexts.AVERAGE);
        try (TextEmbedder windows = ModelLocation.of(LOCATION).load(folder -> TextEmbedder.load(folder, averaged));
                LanewiseEmbeddingModel cutting = LanewiseEmbeddingModel.builder().location(LOCATION)
                        .longTexts(LongTexts.TRUNCATE).build();
                LanewiseEmbeddingModel strict = LanewiseEmbeddingModel.builder().location(LOCATION)
                        .longTexts(LongTexts.REFUSE).maxTokens(8).build()) {
            assertArrayEquals(windows.embed(longText), model.embed(longText).content().vector());
            assertArrayEquals(embedder.embed(longText), cutting.embed(longText).content().vector());
            assertEquals("a text must have at most 8 tokens: tokens=9, texts[0]",
                    assertThrowsExactly(TextException.class, () -> strict.embed(words(7))).getMessage());
        }
    }

    @Test
    void shouldHonourWhatARequestAsksFor() {
        EmbeddingResponse query = model.embed(request(
                EmbeddingRequestParameters.builder().inputType(EmbeddingInputType.QUERY).dimensions(5).build(), "w1"));
        EmbeddingOptions same = EmbeddingOptions.defaults().prompt("query").dimensions(5);
        assertArrayEquals(embedder.embed("w1", same), query.embeddings().getFirst().vector());
        assertEquals("embedder", query.metadata().modelName());
        EmbeddingResponse document = model.embed(request(
                EmbeddingRequestParameters.builder().inputType(EmbeddingInputType.DOCUMENT).build(), "w1"));
        assertArrayEquals(embedder.embed("w1", EmbeddingOptions.defaults().prompt("document")),
                document.embeddings().getFirst().vector());
        assertThrowsExactly(UnsupportedFeatureException.class,
                () -> model.embed(request(EmbeddingRequestParameters.builder().modelName("other").build(), "w1")));
        assertEquals("dimensions must be at most 16: dimensions=17", assertThrowsExactly(LanewiseException.class,
                () -> model.embed(request(EmbeddingRequestParameters.builder().dimensions(17).build(), "w1")))
                .getMessage());
    }

    @Test
    void shouldTakeDefaultsFromItsBuilder() {
        try (LanewiseEmbeddingModel shorter = LanewiseEmbeddingModel.builder().location(LOCATION).dimensions(4)
                .prompt("query").modelName("tiny").threads(2).sessions(1).specialTokensAsText(true).build()) {
            assertEquals(4, shorter.dimension());
            assertEquals("tiny", shorter.modelName());
            assertArrayEquals(embedder.embed("w1", EmbeddingOptions.defaults().prompt("query").dimensions(4)),
                    shorter.embed("w1").content().vector());
        }
        assertEquals("prompt must be one of [query, document]: prompt='none'",
                assertThrowsExactly(LanewiseException.class,
                        () -> LanewiseEmbeddingModel.builder().location(LOCATION).prompt("none").build())
                        .getMessage());
        assertEquals("a model must have a folder: say folder or location, location=null", assertThrowsExactly(
                LanewiseException.class, () -> LanewiseEmbeddingModel.builder().build()).getMessage());
    }

    @Test
    void shouldTellListeners() {
        List<String> told = new ArrayList<>();
        EmbeddingModelListener listener = new EmbeddingModelListener() {
            @Override
            public void onRequest(EmbeddingModelRequestContext context) {
                told.add("request of " + context.textSegments().size());
            }

            @Override
            public void onResponse(EmbeddingModelResponseContext context) {
                told.add("response for " + context.response().tokenUsage().inputTokenCount());
            }

            @Override
            public void onError(EmbeddingModelErrorContext context) {
                told.add(context.error().getMessage());
            }
        };
        LanewiseEmbeddingModel listened = LanewiseEmbeddingModel.builder().location(LOCATION)
                .listeners(List.of(listener)).build();
        listened.embed("w1 w2");
        listened.close();
        assertThrowsExactly(IllegalStateException.class, () -> listened.embed("w1"));
        assertEquals(List.of("request of 1", "response for 2", "request of 1",
                "a model must not be used after it is closed: model=bert"), told);
    }

    @Test
    void shouldRetrieveFromAStore() {
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        List<TextSegment> segments = IntStream.range(0, 30).mapToObj(i -> TextSegment.from("w" + i)).toList();
        store.addAll(model.embedAll(segments).content(), segments);
        EmbeddingModel asTheyAskForIt = model;
        EmbeddingStoreContentRetriever retriever = EmbeddingStoreContentRetriever.builder().embeddingStore(store)
                .embeddingModel(asTheyAskForIt).maxResults(3).build();
        assertEquals("w7", retriever.retrieve(Query.from("w7")).getFirst().textSegment().text());
        assertFalse(retriever.retrieve(Query.from("w7 w8")).isEmpty());
    }
}
