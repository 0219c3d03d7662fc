package io.lanewise.springai;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.lanewise.text.TextCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * A model's counters as meters: {@code lanewise.queue} and {@code lanewise.compute} are times by call, {@code lanewise.tokens},
 * {@code lanewise.texts} and {@code lanewise.runs} counts, {@code lanewise.waiting}, {@code lanewise.sessions.used} and
 * {@code lanewise.workspace} what there is now, each with the tag {@code model}; {@code lanewise.kernels} is 1 and says which run.
 */
public final class LanewiseMetrics implements MeterBinder {

    private final String model;
    private final Supplier<TextCounters> counters;

    /** Takes a model's name and what asks for its counters. */
    public LanewiseMetrics(String model, Supplier<TextCounters> counters) {
        this.model = model;
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
        Gauge.builder("lanewise.workspace", counters, of -> of.get().workspaceBytes()).tag("model", model)
                .baseUnit("bytes").description("Memory of the sessions' workspaces").strongReference(true)
                .register(registry);
        Gauge.builder("lanewise.kernels", () -> 1).tag("model", model).tag("kernels", counters.get().kernels())
                .description("Which kernels run in this JVM").register(registry);
    }

    private void count(MeterRegistry registry, String name, String what, ToDoubleFunction<TextCounters> value) {
        FunctionCounter.builder("lanewise." + name, counters, of -> value.applyAsDouble(of.get())).tag("model", model)
                .description(what).register(registry);
    }

    private void time(MeterRegistry registry, String name, String what, ToDoubleFunction<TextCounters> nanos) {
        FunctionTimer.builder("lanewise." + name, counters, of -> of.get().calls(),
                of -> nanos.applyAsDouble(of.get()), TimeUnit.NANOSECONDS).tag("model", model).description(what)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<TextCounters> value) {
        Gauge.builder("lanewise." + name, counters, of -> value.applyAsDouble(of.get())).tag("model", model)
                .description(what).strongReference(true).register(registry);
    }
}
