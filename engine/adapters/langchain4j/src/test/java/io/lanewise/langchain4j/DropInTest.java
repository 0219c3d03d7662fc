package io.lanewise.langchain4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.HuggingFaceTokenCountEstimator;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.lanewise.importers.ImportOptions;
import io.lanewise.importers.ImportedModel;
import io.lanewise.importers.OnnxEmbedder;
import io.lanewise.importers.OnnxImporter;
import io.lanewise.text.LongTexts;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** LangChain4j's own all-MiniLM-L6-v2 in the process, by ONNX Runtime, and this engine with the weights of the same file. */
@Tag("frameworks")
class DropInTest {

    private static final ImportOptions AS_THEIRS = ImportOptions.defaults().pooling("mean").normalize(true);
    private static final double LEAST_COSINE = 0.999999;
    private static final float MOST_DIFFERENCE = 1e-5f;
    private static final List<String> TEXTS = List.of("How do I get my money back?",
            "Returns and refunds are possible within thirty days of delivery, if the goods are unused.",
            "Opening hours: Monday to Friday, 9 a.m. to 6 p.m.", "today is sunny", "The cat sat on the mat.",
            "Der Rückversand ist kostenlos.", "東京の天気は晴れです。", "😀 emoji, naïve café — and a_snake_case #tag", "a",
            "SELECT name FROM people WHERE age > 42;", "Our warehouse ships parcels twice a day",
            "A text of many words. ".repeat(20).strip(), "Machine learning models turn words into vectors",
            "The quick brown fox jumps over the lazy dog");
    private static final List<String> QUERIES = List.of("refund policy", "when are you open?", "weather in Tokyo",
            "animals", "databases", "shipping");

    private static final String LONG = "Machine learning models turn words into vectors, and vectors into nearness. "
            .repeat(80).strip();

    @TempDir
    private static Path temp;

    private static Path folder;
    private static EmbeddingModel theirs;
    private static LanewiseEmbeddingModel ours;

    @BeforeAll
    static void load() throws IOException {
        folder = temp.resolve("all-MiniLM-L6-v2");
        Path tokenizer = temp.resolve("tokenizer.json");
        Files.write(tokenizer, resource("/all-minilm-l6-v2-tokenizer.json"));
        try (InputStream graph = DropInTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx");
                ImportedModel imported = OnnxImporter.read(graph, "all-minilm-l6-v2.onnx")) {
            imported.writeFolder(folder, AS_THEIRS.tokenizer(tokenizer));
        }
        ours = LanewiseEmbeddingModel.builder().folder(folder).build();
        theirs = new AllMiniLmL6V2EmbeddingModel(Runnable::run);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DropInTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @AfterAll
    static void close() {
        ours.close();
    }

    private static List<Embedding> vectors(EmbeddingModel model, List<String> texts) {
        return model.embedAll(texts.stream().map(TextSegment::from).toList()).content();
    }

    @Test
    void shouldEmbedTheSame() {
        assertEquals(theirs.dimension(), ours.dimension());
        List<Embedding> expected = vectors(theirs, TEXTS);
        List<Embedding> actual = vectors(ours, TEXTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            double cosine = CosineSimilarity.between(expected.get(i), actual.get(i));
            assertTrue(cosine > LEAST_COSINE, "cosine=" + cosine + ": " + TEXTS.get(i));
            assertArrayEquals(expected.get(i).vector(), actual.get(i).vector(), MOST_DIFFERENCE, TEXTS.get(i));
            assertEquals(theirs.embed(TEXTS.get(i)).tokenUsage(), ours.embed(TEXTS.get(i)).tokenUsage(), TEXTS.get(i));
        }
    }

    /** The tokenizer in their jar cuts texts at 128 tokens, before there could be windows. */
    @Test
    void shouldCutLongTextsAsTheirsDoesWhereAskedTo() {
        try (LanewiseEmbeddingModel cutting = LanewiseEmbeddingModel.builder().folder(folder).maxTokens(128)
                .longTexts(LongTexts.TRUNCATE).build()) {
            double cosine = CosineSimilarity.between(theirs.embed(LONG).content(), cutting.embed(LONG).content());
            assertTrue(cosine > LEAST_COSINE, "cosine=" + cosine);
        }
    }

    @Test
    void shouldRetrieveInTheSameOrder() {
        for (String query : QUERIES) {
            assertEquals(order(theirs, query), order(ours, query), query);
        }
    }

    private static List<String> order(EmbeddingModel model, String query) {
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        store.addAll(vectors(model, TEXTS), TEXTS.stream().map(TextSegment::from).toList());
        return store.search(EmbeddingSearchRequest.builder().queryEmbedding(model.embed(query).content())
                .maxResults(TEXTS.size()).build()).matches().stream().map(match -> match.embedded().text()).toList();
    }

    @Test
    void shouldCountTokensTheSame() {
        TokenCountEstimator expected = new HuggingFaceTokenCountEstimator();
        TokenCountEstimator alone = LanewiseTokenCountEstimator.load(folder.toString());
        for (TokenCountEstimator actual : List.of(alone, ours.tokenCountEstimator())) {
            TEXTS.forEach(text -> assertEquals(expected.estimateTokenCountInText(text),
                    actual.estimateTokenCountInText(text), text));
            assertEquals(
                    expected.estimateTokenCountInMessages(
                            List.of(SystemMessage.from("Be brief."), UserMessage.from("Why?"), AiMessage.from("So."))),
                    actual.estimateTokenCountInMessages(
                            List.of(SystemMessage.from("Be brief."), UserMessage.from("Why?"), AiMessage.from("So."))));
        }
    }

    @Test
    void shouldTakeAnEmbedderStraightFromTheResourceInTheirJar() {
        TextEmbedder straight = OnnxEmbedder.ofResource(DropInTest.class.getClassLoader(), "all-minilm-l6-v2.onnx",
                AS_THEIRS, TextOptions.defaults());
        try (LanewiseEmbeddingModel model = LanewiseEmbeddingModel.builder().embedder(straight).modelName("straight")
                .build()) {
            assertEquals("straight", model.modelName());
            assertArrayEquals(ours.embed(TEXTS.getFirst()).content().vector(),
                    model.embed(TEXTS.getFirst()).content().vector());
        }
    }

    @Test
    void shouldRunTheExampleOfTheReadme() {
        assertEquals("Refunds take five days", ReadmeExample.run(folder.toString()));
    }
}
