package io.lanewise.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.result.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ColdStartSectionTest {

    private static final String LAYER = "co-attention";
    private static final String TEXTS = "all-minilm-l6-v2";

    @TempDir
    private Path folder;

    private final List<Measurement> rows = new ArrayList<>();

    private void add(String start, String layer, String name, String unit, String subject, double... values) {
        Map<String, String> params = Map.of("B", "1", "layer", layer, "start", start);
        rows.add(new Measurement("cold", layer, Map.of("start", start), "probe", 0, 0, "gflops", 100));
        for (int fork = 0; fork < values.length; fork++) {
            rows.add(new Measurement("cold", name, params, subject, fork, 0, unit, values[fork]));
        }
    }

    private String table() throws Exception {
        ResultFiles.of(rows).write(folder.resolve("results/service.json"));
        Report.write(folder.resolve("results"), folder.resolve("report"));
        return Files.readString(folder.resolve("report/table.md"));
    }

    private static void assertHas(String table, String line) {
        assertTrue(table.contains(line), table);
    }

    @Test
    void shouldShowMediansLeastAndMostBesideEachPeer() throws Exception {
        add("usual", LAYER, "first-answer", "ns", "lanewise", 3e8, 1e8, 2e8);
        add("usual", LAYER, "first-answer", "ns", "ort", 4e8, 6e8, 5e8);
        add("usual", LAYER, "first-answer", "ns", "pytorch", 1e9);
        add("usual", LAYER, "session", "ns", "lanewise", 1e7);
        add("beside-busy", LAYER, "first-answer", "ns", "lanewise", 7e8);
        String table = table();
        assertHas(table, "| usual | co-attention | first answer, from the process's start | 200 ms | 100 ms | 300 ms "
                + "| ort | 500 ms | 400 ms | 600 ms | 2.50× |");
        assertHas(table, "| 200 ms | 100 ms | 300 ms | pytorch | 1.00 s | 1.00 s | 1.00 s | 5.00× |");
        assertHas(table, "| · session | 10.0 ms | 10.0 ms | 10.0 ms | ort | – | – | – | – |");
        assertHas(table, "| beside-busy | co-attention | first answer, from the process's start | 700 ms | 700 ms "
                + "| 700 ms |  | – | – | – | – |");
    }

    @Test
    void shouldHoldThemAgainstTheirTargets() throws Exception {
        add("usual", TEXTS, "first-answer", "ns", "lanewise", 9e8);
        add("usual", TEXTS, "first-answer", "ns", "langchain4j", 3e9);
        add("usual", LAYER, "peak-resident", "bytes", "lanewise", 180 << 20);
        add("usual", LAYER, "peak-resident", "bytes", "ort", 145 << 20);
        add("one-processor", LAYER, "steady", "ns", "lanewise", 3e9);
        String table = table();
        assertHas(table, "| all-MiniLM-L6-v2, a question: first vector | ≤ 800 ms | 900 ms |  | no |");
        assertHas(table, "first vector | ≤ 0.33 of langchain4j | 900 ms | 3.00 s | yes |");
        assertHas(table, "| co-attention, B=1: peak resident memory | ≤ ort + 40.0 MiB | 180 MiB | 145 MiB | yes |");
        assertHas(table, "| co-attention, B=1: steady on one processor | ≤ 3.00 s | 3.00 s |  | yes |");
        assertFalse(table.contains("garbage"), table);
    }

    @Test
    void shouldLeaveTheServiceViewItsOwnStarts() throws Exception {
        add("usual", LAYER, "first-answer", "ns", "lanewise", 1e8);
        Map<String, String> params = Map.of("B", "1", "callers", "1", "layer", LAYER);
        rows.add(new Measurement("cold", "first-answer", params, "lanewise", 0, 0, "ns", 5e8));
        rows.add(new Measurement("cold", "open", params, "lanewise", 0, 0, "ns", 4e8));
        assertHas(table(), "| 100 ms | 100 ms | 100 ms |");
        String page = Files.readString(folder.resolve("report/index.html"));
        String services = page.substring(page.indexOf("Memory and cold start"));
        assertTrue(services.contains("500 ms"));
        assertFalse(services.contains("100 ms"));
        assertFalse(services.contains("400 ms"));
    }

    @Test
    void shouldKnowEveryTarget() {
        assertEquals(14, ColdTarget.all().size());
        ColdTarget.all().forEach(target -> assertTrue(List.of(LAYER, TEXTS).contains(target.layer())
                && List.of("usual", "one-processor").contains(target.start()), target.toString()));
    }
}
