package io.lanewise.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.result.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EncoderSectionTest {

    private static final String NAME = "all-minilm-l6-v2";

    @TempDir
    private Path folder;

    private final List<Measurement> rows = new ArrayList<>();

    private void add(String name, Map<String, String> params, Map<String, double[]> nanos) {
        int rounds = nanos.values().iterator().next().length;
        for (int round = 0; round <= rounds; round++) {
            rows.add(new Measurement("encoder", name, params, "probe", 0, round, "gflops", 100));
        }
        nanos.forEach((subject, values) -> {
            rows.add(new Measurement("encoder", name, params, subject, 0, 0, "multiply-adds", 5e6));
            rows.add(new Measurement("encoder", name, params, subject, 0, 0, "cosine", 0.98));
            for (int round = 0; round < rounds; round++) {
                rows.add(new Measurement("encoder", name, params, subject, 0, round, "ns", values[round]));
            }
        });
    }

    private String table() throws Exception {
        ResultFiles.of(rows).write(folder.resolve("results/lanewise.json"));
        Report.write(folder.resolve("results"), folder.resolve("report"));
        return Files.readString(folder.resolve("report/table.md"));
    }

    private static void assertHas(String table, String line) {
        assertTrue(table.contains(line), table);
    }

    @Test
    void shouldHoldSizesAgainstTheirTargets() throws Exception {
        Map<String, double[]> nanos = new LinkedHashMap<>(); // the one whose sizes are fewest comes first
        nanos.put("ort-int8", new double[]{0.5e5, 1e5, 0.5e5});
        nanos.put("lanewise", new double[]{1e5, 2e5, 1e5});
        nanos.put("ort", new double[]{2e5, 4e5, 2.2e5});
        add(NAME, Map.of("B", "1", "tokens", "16"), nanos);
        add(NAME, Map.of("B", "1", "tokens", "64"), Map.of("lanewise", new double[]{1e5}, "ort", new double[]{0.9e5}));
        String table = table();
        assertHas(table, "| all-minilm-l6-v2 | 1 × 16 | 1 | lanewise | 100 µs | 100 GFLOP/s | 1.00 |  |  |  |");
        assertHas(table,
                "| all-minilm-l6-v2 | 1 × 16 | 1 | ort | 220 µs | 45.5 GFLOP/s | 0.45 | 2.00× | 2.00× | 0.9800 |");
        assertHas(table, "a text of 16 tokens | ort / lanewise | at least 1.0× | 2.00× | yes |");
        assertHas(table, "a text of 64 tokens | ort / lanewise | at least 1.0× | 0.90× | no |");
        assertHas(table, "ten sizes | ort / lanewise | at least 1.8× in the geometric mean | 1.34× | no |");
        assertHas(table, "ten sizes | ort-int8 / lanewise | at least 0.65× | 0.50× | no |");
        assertFalse(table.contains("a text of 256 tokens"), table);
    }

    @Test
    void shouldCompareStoragesWithFloats() throws Exception {
        add("storage", Map.of("B", "1", "tokens", "8"), Map.of("lanewise", new double[]{4e5}, "lanewise-int8",
                new double[]{2e5}, "ort-int8", new double[]{1.8e5}));
        String table = table();
        assertHas(table,
                "| storage | 1 × 8 | 1 | lanewise-int8 | 200 µs | 50.0 GFLOP/s | 0.50 | 0.50× | 0.50× | 0.9800 |");
        assertHas(table, "a text of 8 tokens | ort-int8 / lanewise-int8 | at least 1.0× | 0.90× | no |");
        assertFalse(table.contains("ten sizes"), table);
    }

    @Test
    void shouldCompareTwoThreadsWithOne() throws Exception {
        add(NAME, Map.of("B", "1", "tokens", "128", "threads", "2"), Map.of("lanewise", new double[]{4e5}, "lanewise-2",
                new double[]{2e5}, "ort", new double[]{8e5}, "ort-2", new double[]{6e5}));
        String table = table();
        assertHas(table, "| all-minilm-l6-v2 | 1 × 128 | 2 | ort-2 | 600 µs | 16.7 GFLOP/s | – | 3.00× | 3.00× |");
        assertHas(table, "| lanewise / lanewise-2 | at least 1.7× | 2.00× | yes |");
        assertFalse(table.contains("ten sizes"), table);
    }

    @Test
    void shouldAddUpTheRoundsOfTexts() throws Exception {
        add("texts", Map.of("texts", "1000"), Map.of("lanewise", new double[]{1e9, 3e9}, "ort-as-they-come",
                new double[]{1e9, 9e9}));
        String table = table();
        assertHas(table, "| 1000 texts, one thread | lanewise |  | 2.00 s | 500 texts/s |  |  |");
        assertHas(table, "ort-as-they-come / lanewise | at least 3.0× | 2.50× | no |");
    }

    @Test
    void shouldShowManyCallersBesideTheirTargets() throws Exception {
        Map<String, String> params = Map.of("callers", "64", "texts", "2000");
        add("callers", params, Map.of("lanewise", new double[]{4e9, 5e9, 4e9}, "lanewise-alone",
                new double[]{8e9, 8e9, 8e9}));
        double[] ours = {100e6, 110e6, 120e6};
        double[] alone = {90e6, 220e6, 300e6};
        for (int round = 0; round < ours.length; round++) {
            for (String percentile : List.of("p50", "p99")) {
                rows.add(new Measurement("encoder", "callers", params, "lanewise", 0, round, percentile, ours[round]));
                rows.add(new Measurement("encoder", "callers", params, "lanewise-alone", 0, round, percentile,
                        alone[round]));
            }
            rows.add(new Measurement("encoder", "callers", params, "lanewise-alone", 0, round, "texts a run", 1));
        }
        String table = table();
        assertHas(table, "| 64 | lanewise | 500 texts/s |  | 110 ms | 110 ms |  |  | 0.9800 |");
        assertHas(table,
                "| 64 | lanewise-alone | 250 texts/s | 2.00× | 220 ms | 220 ms | 2.00× | 1.00 texts | 0.9800 |");
        assertHas(table, "lanewise-alone / lanewise | at least 1.5× | 2.00× | yes |");
        assertHas(table, "lanewise-alone / lanewise | at least 1.0× in the 99th percentile | 2.00× | yes |");
    }

    @Test
    void shouldFindThePointsOfEveryTarget() {
        assertEquals(24, EncoderTarget.all().size());
        EncoderTarget.all().forEach(target -> assertTrue(
                List.of(NAME, "storage", "texts", "questions", "callers", "bert-base", "reranker")
                        .contains(target.name()),
                target.toString()));
    }
}
