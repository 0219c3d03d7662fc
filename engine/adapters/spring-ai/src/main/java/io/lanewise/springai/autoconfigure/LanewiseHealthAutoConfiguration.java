package io.lanewise.springai.autoconfigure;

import io.lanewise.springai.LanewiseEmbeddingModel;
import io.lanewise.text.TextCounters;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Says by {@code management.health.lanewise} whether the embedding model answers, and what it has done. */
@AutoConfiguration(after = LanewiseAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(LanewiseEmbeddingModel.class)
@ConditionalOnEnabledHealthIndicator("lanewise")
public final class LanewiseHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "lanewiseHealthIndicator")
    HealthIndicator lanewiseHealthIndicator(LanewiseEmbeddingModel model) {
        return new Indicator(model);
    }

    /**
     * Embeds a word: a model that is closed, or whose file is gone, is down. Not behind others that wait: where all sessions compute, the
     * model answers, and a probe that waits long is taken for one that fails.
     */
    private static final class Indicator extends AbstractHealthIndicator {

        private final LanewiseEmbeddingModel model;

        private Indicator(LanewiseEmbeddingModel model) {
            super("an embedding model must answer");
            this.model = model;
        }

        @Override
        protected void doHealthCheck(Health.Builder builder) {
            TextCounters counters = model.counters();
            if (counters.sessionsInUse() < counters.sessions()) {
                model.embed("health");
                counters = model.counters();
            }
            builder.up().withDetail("model", model.name()).withDetail("dimensions", model.dimensions())
                    .withDetail("kernels", counters.kernels()).withDetail("calls", counters.calls())
                    .withDetail("waiting", counters.waiting()).withDetail("sessions", counters.sessions());
        }
    }
}
