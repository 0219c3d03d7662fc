package io.lanewise.springai;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.lanewise.text.TextCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * A model's counters as meters: {@code lanewise.queue} and {@code lanewise.compute} are times by call, {@code lanewise.tokens},
 * {@code lanewise.texts} and {@code lanewise.runs} counts, {@code lanewise.waiting}, {@code lanewise.sessions.used} and
 * {@code lanewise.workspace} what there is now, each with the tags {@code task} and {@code model}, since an embedding model and a
 * reranker may have one name; {@code lanewise.kernels} is 1 and says which run.
 */
public final class LanewiseMetrics implements MeterBinder {

    private final Tags tags;
    private final Supplier<TextCounters> counters;

    /**
     * Makes meters of a model.
     *
     * @param task what it is for, such as {@code embedding}
     * @param model what it is called
     * @param counters asks for its counters
     */
    public LanewiseMetrics(String task, String model, Supplier<TextCounters> counters) {
        this.tags = Tags.of("task", task, "model", model);
        this.counters = counters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "texts", "Texts that were computed", TextCounters::texts);
        count(registry, "tokens", "Their tokens", TextCounters::tokens);
        count(registry, "runs", "Runs of the encoder", TextCounters::runs);
        time(registry, "queue", "How long calls waited for a session", TextCounters::queueNanos);
        time(registry, "compute", "How long sessions were in use", TextCounters::computeNanos);
        gauge(registry, "waiting", "Calls that wait now", TextCounters::waiting);
        gauge(registry, "sessions.used", "Sessions that compute now", TextCounters::sessionsInUse);
        Gauge.builder("lanewise.workspace", counters, of -> of.get().workspaceBytes()).tags(tags)
                .baseUnit("bytes").description("Memory of the sessions' workspaces").strongReference(true)
                .register(registry);
        Gauge.builder("lanewise.kernels", () -> 1).tags(tags).tag("kernels", counters.get().kernels())
                .description("Which kernels run in this JVM").register(registry);
    }

    private void count(MeterRegistry registry, String name, String what, ToDoubleFunction<TextCounters> value) {
        FunctionCounter.builder("lanewise." + name, counters, of -> value.applyAsDouble(of.get())).tags(tags)
                .description(what).register(registry);
    }

    private void time(MeterRegistry registry, String name, String what, ToDoubleFunction<TextCounters> nanos) {
        FunctionTimer.builder("lanewise." + name, counters, of -> of.get().calls(),
                of -> nanos.applyAsDouble(of.get()), TimeUnit.NANOSECONDS).tags(tags).description(what)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<TextCounters> value) {
        Gauge.builder("lanewise." + name, counters, of -> value.applyAsDouble(of.get())).tags(tags)
                .description(what).strongReference(true).register(registry);
    }
}
