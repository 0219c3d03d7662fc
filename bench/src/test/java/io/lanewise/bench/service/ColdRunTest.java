package io.lanewise.bench.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.lanewise.bench.RowLengths;
import io.lanewise.bench.peers.LayerEngine;
import io.lanewise.bench.peers.LayerEngines;
import io.lanewise.bench.peers.PaperLayer;
import io.lanewise.bench.result.Measurement;
import io.lanewise.bench.result.ResultFile;
import io.lanewise.bench.run.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Starts processes; what they read of themselves must make sense, whatever it is. */
class ColdRunTest {

    private static final double CLOCKS = 5e6; // nanoseconds by which a clock of milliseconds and another may differ

    @TempDir
    private Path folder;

    /** Starts a process of an engine and returns what it wrote. */
    static Map<String, Double> figures(Path folder, Class<?> main, String subject, Class<?> engine, Path model,
            Path request) throws IOException, InterruptedException {
        Path result = folder.resolve("result.json");
        ServiceJob job = new ServiceJob(subject, "a kind", Map.of("start", "usual"), 0, model, request, 1, 10_000,
                Duration.ofMillis(300), result);
        List<String> flags = new ArrayList<>(ColdPlan.Circumstance.ONE_PROCESSOR.flags());
        flags.addAll(ColdStart.flags(engine));
        ChildJvm.run(main, flags, job.arguments(), folder.resolve("log"));
        assertEquals(1, ResultFile.read(result).environment().cores());
        return ResultFile.read(result).measurements().stream()
                .collect(Collectors.toMap(Measurement::name, Measurement::value));
    }

    /** Asserts that there are these parts, and before them the JVM. */
    static void assertAddUp(Map<String, Double> figures, List<String> parts) {
        double sum = parts.stream().mapToDouble(figures::get).sum();
        assertEquals(figures.get("first-answer"), figures.get("jvm") + sum, 1, figures.toString());
        double cpu = parts.stream().mapToDouble(part -> figures.get(part + "-cpu")).sum();
        assertEquals(figures.get("first-answer-cpu"), cpu, 1, figures.toString());
        assertTrue(parts.stream().allMatch(part -> figures.get(part) > -CLOCKS), figures.toString());
        assertTrue(figures.get("first-answer") > 0 && figures.get("peak-resident") > 1 << 20, figures.toString());
        if (figures.containsKey("steady")) {
            assertTrue(figures.get("steady") >= figures.get("first-answer"), figures.toString());
        }
    }

    @Test
    void shouldPartTheStartOfALayer() throws IOException, InterruptedException {
        PaperLayer layer = PaperLayer.of("co-attention");
        LayerEngine engine = LayerEngines.all().getFirst();
        engine.export(layer, folder.resolve("layer"));
        RequestFile.write(folder.resolve("request"), List.of(layer.batch(1, RowLengths.REAL, 1)));
        assertAddUp(figures(folder, ColdRun.class, engine.subject(), engine.getClass(), folder.resolve("layer"),
                folder.resolve("request")), List.of("launch", "main", "open", "session", "first-run"));
    }

    @Test
    @Timeout(60)
    void shouldKeepAProcessorBusyUntilItIsClosed() throws IOException, InterruptedException {
        ProcessHandle busy;
        try (BusyProcess process = BusyProcess.start(folder.resolve("busy"))) {
            busy = process.handle();
            while (busy.info().totalCpuDuration().orElseThrow().toSeconds() < 1) { // more than a JVM needs to start
                Thread.sleep(20);
            }
        }
        assertFalse(busy.isAlive());
    }
}
