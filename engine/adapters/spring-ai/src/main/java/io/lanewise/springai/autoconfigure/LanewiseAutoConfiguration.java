package io.lanewise.springai.autoconfigure;

import io.lanewise.springai.LanewiseEmbeddingModel;
import io.lanewise.springai.LanewiseMetrics;
import io.lanewise.springai.LanewiseReranker;
import io.lanewise.springai.TokenBatching;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.ModelLocation;
import io.lanewise.text.TextEmbedder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/**
 * Makes beans of what {@code lanewise.embedding.location} and {@code lanewise.reranker.location} name, unless the application has its own.
 * Where several starters bring embedding models, {@code spring.ai.model.embedding=lanewise} chooses this one.
 */
@AutoConfiguration(afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(LanewiseProperties.class)
public final class LanewiseAutoConfiguration {

    /** The embedding model, what batches documents for it, and its meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EmbeddingModel.class)
    @ConditionalOnProperty("lanewise.embedding.location")
    @ConditionalOnProperty(name = "spring.ai.model.embedding", havingValue = "lanewise", matchIfMissing = true)
    static class EmbeddingConfiguration {

        @Bean
        @ConditionalOnMissingBean(EmbeddingModel.class)
        LanewiseEmbeddingModel lanewiseEmbeddingModel(LanewiseProperties properties, ResourceLoader resources,
                ObjectProvider<ObservationRegistry> observations) {
            LanewiseProperties.Embedding settings = properties.embedding();
            ModelLocation location = ModelLocation.of(settings.location(), resources.getClassLoader());
            String name = settings.name() == null ? location.name() : settings.name();
            TextEmbedder embedder = location.load(folder -> TextEmbedder.load(folder, settings.textOptions()));
            try {
                return new LanewiseEmbeddingModel(embedder, name, settings.embeddingOptions(),
                        settings.documentPrompt(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
            } catch (RuntimeException | Error refused) {
                embedder.close();
                throw refused;
            }
        }

        @Bean
        @ConditionalOnBean(LanewiseEmbeddingModel.class)
        @ConditionalOnMissingBean(BatchingStrategy.class)
        TokenBatching lanewiseTokenBatching(LanewiseEmbeddingModel model, LanewiseProperties properties) {
            return new TokenBatching(model, properties.embedding().batchTokens());
        }

        @Bean
        @ConditionalOnBean({LanewiseEmbeddingModel.class, MeterRegistry.class})
        LanewiseMetrics lanewiseEmbeddingMetrics(LanewiseEmbeddingModel model) {
            return new LanewiseMetrics("embedding", model.name(), model::counters);
        }
    }

    /** The reranker and its meters. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.ai.rag.postretrieval.document.DocumentPostProcessor")
    @ConditionalOnProperty("lanewise.reranker.location")
    static class RerankerConfiguration {

        @Bean
        @ConditionalOnMissingBean
        LanewiseReranker lanewiseReranker(LanewiseProperties properties, ResourceLoader resources) {
            LanewiseProperties.Reranker settings = properties.reranker();
            CrossEncoder encoder = ModelLocation.of(settings.location(), resources.getClassLoader())
                    .load(folder -> CrossEncoder.load(folder, settings.textOptions()));
            try {
                return new LanewiseReranker(encoder, settings.top());
            } catch (RuntimeException | Error refused) {
                encoder.close();
                throw refused;
            }
        }

        @Bean
        @ConditionalOnBean({LanewiseReranker.class, MeterRegistry.class})
        LanewiseMetrics lanewiseRerankerMetrics(LanewiseReranker reranker, LanewiseProperties properties) {
            return new LanewiseMetrics("reranking", ModelLocation.name(properties.reranker().location()),
                    reranker::counters);
        }
    }
}
