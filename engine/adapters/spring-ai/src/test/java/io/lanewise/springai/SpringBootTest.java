package io.lanewise.springai;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.adapters.Readme;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.EmbeddingOptions;
import io.lanewise.text.LongTexts;
import io.lanewise.text.ModelLocation;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.observation.EmbeddingModelMeterObservationHandler;
import org.springframework.ai.rag.Query;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A Boot application with nothing but settings: its beans, what they tell of themselves, and its end. */
class SpringBootTest {

    private static final String LOCATION = "classpath:models/embedder";
    private static final EmbeddingOptions QUERY = EmbeddingOptions.defaults().prompt("query");
    private static final EmbeddingOptions DOCUMENT = EmbeddingOptions.defaults().prompt("document");

    @TempDir
    private static Path temp;

    private static TextEmbedder embedder;
    private static ConfigurableApplicationContext context;
    private static EmbeddingModel model;

    /** What an application with metrics has. */
    @Configuration(proxyBeanMethods = false)
    static class Observed {

        private static final List<String> ENDED = new ArrayList<>();

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        ObservationRegistry observationRegistry(MeterRegistry meters) {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new EmbeddingModelMeterObservationHandler(meters))
                    .observationHandler(new ObservationHandler<>() {
                        @Override
                        public void onStop(Observation.Context ended) {
                            ENDED.add(ended.getContextualName() + " error=" + ended.getError());
                        }

                        @Override
                        public boolean supportsContext(Observation.Context any) {
                            return true;
                        }
                    });
            return registry;
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(ReadmeExample.class, Observed.class).web(WebApplicationType.NONE)
                .registerShutdownHook(false).run(arguments);
    }

    @BeforeAll
    static void run() {
        embedder = ModelLocation.of(LOCATION).load(folder -> TextEmbedder.load(folder,
                TextOptions.defaults().longTexts(LongTexts.AVERAGE)));
        context = start();
        model = context.getBean(EmbeddingModel.class);
    }

    @AfterAll
    static void close() {
        context.close();
        embedder.close();
    }

    @Test
    void shouldEmbedQueriesAndDocuments() {
        assertInstanceOf(LanewiseEmbeddingModel.class, model);
        assertEquals(16, model.dimensions());
        assertArrayEquals(embedder.embed("w1 w2", QUERY), model.embed("w1 w2"));
        assertArrayEquals(embedder.embed("w1 w2", DOCUMENT), model.embed(new Document("w1 w2")));
        EmbeddingResponse two = model.embedForResponse(List.of("w1 w2", "w3"));
        assertArrayEquals(embedder.embed("w3", QUERY), two.getResults().get(1).getOutput());
        assertEquals(List.of(0, 1), two.getResults().stream().map(each -> each.getIndex()).toList());
        assertEquals("embedder", two.getMetadata().getModel());
        assertEquals(4 + 3, two.getMetadata().getUsage().getPromptTokens());
        String longText = "w1 w2 w3 w4 w5 w6 ".repeat(9);
        assertArrayEquals(embedder.embed(longText, QUERY), model.embed(longText));
    }

    @Test
    void shouldHonourWhatARequestAsksFor() {
        EmbeddingResponse shorter = model.call(
                new EmbeddingRequest(List.of("w1"), new LanewiseEmbeddingOptions("document", 5)));
        assertArrayEquals(embedder.embed("w1", DOCUMENT.dimensions(5)), shorter.getResult().getOutput());
        assertEquals("a request's model must be that of the bean, or none: model='other', bean's=embedder",
                assertThrowsExactly(LanewiseException.class, () -> model.call(new EmbeddingRequest(List.of("w1"),
                        org.springframework.ai.embedding.EmbeddingOptions.builder().model("other").build())))
                        .getMessage());
    }

    @Test
    void shouldBatchDocumentsByTokens() {
        BatchingStrategy batching = context.getBean(BatchingStrategy.class);
        List<Document> documents = IntStream.range(0, 9)
                .mapToObj(i -> new Document(i == 4 ? "w1 ".repeat(30) : "w" + i + " w1 w2 w3")).toList();
        assertEquals(List.of(3, 1, 1, 3, 1), batching.batch(documents).stream().map(List::size).toList());
        List<float[]> vectors = model.embed(documents, null, batching);
        for (int i = 0; i < documents.size(); i++) {
            assertArrayEquals(embedder.embed(documents.get(i).getText(), DOCUMENT), vectors.get(i), "document " + i);
        }
    }

    @Test
    void shouldRerankDocuments() {
        List<Document> documents = IntStream.range(0, 8).mapToObj(i -> new Document("w" + i + " w" + 3 * i)).toList();
        List<Document> best = context.getBean(LanewiseReranker.class).process(new Query("w5"), documents);
        assertEquals(3, best.size());
        try (CrossEncoder encoder = ModelLocation.of("classpath:models/reranker").load(CrossEncoder::load)) {
            for (Document document : best) {
                assertEquals(encoder.score("w5", document.getText()), document.getScore().floatValue());
                assertTrue(best.getFirst().getScore() >= document.getScore());
            }
            long better = documents.stream()
                    .filter(other -> encoder.score("w5", other.getText()) > best.getLast().getScore()).count();
            assertEquals(2, better);
        }
        assertEquals(List.of(), context.getBean(LanewiseReranker.class).process(new Query("w5"), List.of()));
    }

    @Test
    void shouldTellOfItselfByObservationsMetersAndHealth() {
        MeterRegistry meters = context.getBean(MeterRegistry.class);
        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(meters)); // as an actuator does
        model.embed("w1 w2");
        assertTrue(Observed.ENDED.contains("embedding embedder error=null"), Observed.ENDED.toString());
        assertTrue(meters.get("gen_ai.client.token.usage").tag("gen_ai.system", "lanewise").counters().stream()
                .anyMatch(counter -> counter.count() > 0));
        for (String counter : List.of("lanewise.tokens", "lanewise.texts", "lanewise.runs")) {
            assertTrue(meters.get(counter).tag("model", "embedder").functionCounter().count() > 0, counter);
        }
        assertTrue(meters.get("lanewise.compute").tag("model", "embedder").functionTimer()
                .totalTime(TimeUnit.NANOSECONDS) > 0);
        assertNotNull(meters.get("lanewise.queue").tag("model", "reranker").functionTimer());
        assertTrue(meters.get("lanewise.workspace").tag("model", "embedder").gauge().value() > 0);
        assertNotNull(meters.get("lanewise.kernels").tag("model", "embedder").gauge().getId().getTag("kernels"));
        Health health = context.getBean("lanewiseHealthIndicator", HealthIndicator.class).health();
        assertEquals(Status.UP, health.getStatus());
        assertEquals("embedder", health.getDetails().get("model"));
        assertEquals(16, health.getDetails().get("dimensions"));
    }

    /** A registry keeps the first of meters with the same name and tags. */
    @Test
    void shouldCountModelsOfOneNameApart() {
        MeterRegistry meters = new SimpleMeterRegistry();
        try (CrossEncoder encoder = ModelLocation.of("classpath:models/reranker").load(CrossEncoder::load)) {
            new LanewiseMetrics("embedding", "same", embedder::counters).bindTo(meters);
            new LanewiseMetrics("reranking", "same", encoder::counters).bindTo(meters);
            encoder.score("w1", List.of("w2", "w3"));
            assertEquals(2, meters.get("lanewise.texts").tag("task", "reranking").functionCounter().count());
            assertEquals(1, meters.get("lanewise.compute").tag("task", "reranking").functionTimer().count());
            assertEquals(embedder.counters().texts(),
                    meters.get("lanewise.texts").tag("task", "embedding").functionCounter().count());
        }
    }

    @Test
    void shouldBeHealthyWithoutWaitingForASession() throws Exception {
        try (ConfigurableApplicationContext other = start("--lanewise.embedding.sessions=1")) {
            LanewiseEmbeddingModel busy = other.getBean(LanewiseEmbeddingModel.class);
            HealthIndicator health = other.getBean("lanewiseHealthIndicator", HealthIndicator.class);
            List<String> many = IntStream.range(0, 50_000).mapToObj(i -> "w1 w2 w3 w4 w" + i % 40).toList();
            long before = busy.counters().calls(); // the example's own
            CompletableFuture<List<float[]>> call = CompletableFuture.supplyAsync(() -> busy.embed(many));
            while (busy.counters().sessionsInUse() == 0 && !call.isDone()) {
                Thread.sleep(1);
            }
            assertEquals(Status.UP, health.health().getStatus());
            assertEquals(before, busy.counters().calls(), "a probe must not wait for the calls of others");
            assertFalse(call.isDone());
            assertEquals(many.size(), call.get(30, TimeUnit.SECONDS).size());
        }
    }

    @Test
    void shouldAnswerCallsInFlightWhenTheContextIsClosed() throws Exception {
        ConfigurableApplicationContext other = start();
        LanewiseEmbeddingModel closing = other.getBean(LanewiseEmbeddingModel.class);
        HealthIndicator health = other.getBean("lanewiseHealthIndicator", HealthIndicator.class);
        List<String> many = IntStream.range(0, 500).mapToObj(i -> "w" + i % 40).toList();
        CompletableFuture<List<float[]>> call = CompletableFuture.supplyAsync(() -> closing.embed(many));
        while (closing.counters().sessionsInUse() == 0 && !call.isDone()) {
            Thread.sleep(1);
        }
        other.close();
        assertEquals(many.size(), call.get(30, TimeUnit.SECONDS).size());
        assertThrows(IllegalStateException.class, () -> closing.embed("w1"));
        assertEquals(Status.DOWN, health.health().getStatus());
    }

    @Test
    void shouldMakeNoBeansThatNobodyAskedFor() {
        try (ConfigurableApplicationContext bare = new SpringApplicationBuilder(Bare.class)
                .web(WebApplicationType.NONE).registerShutdownHook(false)
                .run("--spring.config.location=optional:file:/nowhere/", "--logging.level.root=off")) {
            assertEquals(0, bare.getBeansOfType(EmbeddingModel.class).size());
            assertEquals(0, bare.getBeansOfType(LanewiseReranker.class).size());
        }
        try (ConfigurableApplicationContext others = new SpringApplicationBuilder(Bare.class)
                .web(WebApplicationType.NONE).registerShutdownHook(false).run("--spring.ai.model.embedding=openai")) {
            assertEquals(0, others.getBeansOfType(EmbeddingModel.class).size());
            assertEquals(1, others.getBeansOfType(LanewiseReranker.class).size());
        }
    }

    /** An application that runs nothing. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Bare {}

    @Test
    void shouldRefuseWrongSettingsWhenItStarts() {
        Throwable wrong = assertThrows(RuntimeException.class,
                () -> start("--lanewise.embedding.location=classpath:models/none", "--logging.level.root=off"));
        while (wrong.getCause() != null) {
            wrong = wrong.getCause();
        }
        assertEquals(
                "a model's folder must be on the class path with its config.json: location='classpath:models/none'",
                wrong.getMessage());
    }

    /** What a context did not come to hold it does not close. */
    @Test
    void shouldCloseARerankerWhoseSettingsAreRefused() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.exists(maps), "mapped files are listed on Linux alone");
        Path folder = Files.createDirectory(temp.resolve("refused"));
        try (Stream<Path> files = Files.list(Path.of("../src/test/resources/models/reranker"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Throwable wrong = assertThrows(RuntimeException.class, () -> start("--lanewise.reranker.location=" + folder,
                "--lanewise.reranker.top=-1", "--logging.level.root=off"));
        while (wrong.getCause() != null) {
            wrong = wrong.getCause();
        }
        assertEquals("top must not be negative: top=-1", wrong.getMessage());
        assertFalse(Files.readString(maps).contains(folder.toString()), "a reranker that is refused must be closed");
    }

    @Test
    void shouldDescribeItsSettings() throws IOException {
        try (InputStream in = LanewiseEmbeddingModel.class
                .getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String setting : List.of("embedding.location", "embedding.long-texts", "embedding.batch-tokens",
                    "reranker.top")) {
                assertTrue(metadata.contains("\"name\": \"lanewise." + setting + "\""), setting);
            }
            assertTrue(metadata.toLowerCase(Locale.ROOT).contains("what becomes of longer texts"), metadata);
        }
    }

    @Test
    void shouldShowAnExampleThatCompiles() throws IOException {
        Readme.requireShown("Spring AI", Path.of("src/test/java/io/lanewise/springai/ReadmeExample.java"));
    }
}
