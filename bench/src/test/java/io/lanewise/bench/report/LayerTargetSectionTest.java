package io.lanewise.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.result.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertTrue;

class LayerTargetSectionTest {

    @TempDir
    private Path folder;

    @Test
    void shouldHoldTheMeanAgainstTheBetterPeer() throws Exception {
        List<Measurement> rows = new ArrayList<>();
        addDuel(rows, "co-attention", "ort", 3);
        addDuel(rows, "co-attention", "pytorch", 6); // 3: ONNX Runtime is the better one
        addDuel(rows, "self-attention", "ort", 48);
        addDuel(rows, "self-attention", "pytorch", 12);
        addDuel(rows, "single-attention", "ort", 1); // no other peer: not counted
        String table = table(rows);
        assertTrue(table.contains(
                "| B=128, full lengths, 2 layers | ≥ 2.5× the better peer in the geometric mean | 6.00× | yes |"),
                table);
        assertTrue(table.contains("| B=128, full lengths, 2 layers | no layer under 1.1× | 3.00× | yes |"), table);
    }

    @Test
    void shouldHoldMemoryAndTheSlowestRequests() throws Exception {
        List<Measurement> rows = new ArrayList<>();
        addDuel(rows, "co-attention", "ort", 1);
        Map<String, String> batch = Map.of("B", "128", "callers", "1", "lengths", "real");
        rows.add(new Measurement("memory", "peak-resident", batch, "lanewise", 0, 0, "bytes", 300));
        rows.add(new Measurement("memory", "peak-resident", batch, "ort", 0, 0, "bytes", 400));
        rows.add(new Measurement("memory", "allocated", batch, "lanewise", 0, 0, "bytes", 0));
        for (int percentile : new int[]{50, 99}) {
            rows.add(new Measurement("service", "co-attention",
                    Map.of("B", "1", "callers", "1", "percentile", Integer.toString(percentile)), "lanewise", 0, 0,
                    "ns",
                    percentile == 50 ? 100 : 110));
        }
        String table = table(rows);
        assertTrue(table.contains("| peak resident memory, B=128 | ≤ 0.5 of that of ort | 0.75× | no |"), table);
        assertTrue(table.contains("| B=1, one caller, real lengths | p99 ≤ 1.2 × p50 | 1.10× | yes |"), table);
    }

    private static void addDuel(List<Measurement> rows, String layer, String peer, double factor) {
        Map<String, String> params = Map.of("B", "128", "lengths", "full", "against", peer);
        rows.add(new Measurement("peer", layer, params, "probe", 0, 0, "gflops", 100));
        rows.add(new Measurement("peer", layer, params, "probe", 0, 1, "gflops", 100));
        rows.add(new Measurement("peer", layer, params, "lanewise", 0, 0, "ns", 1e6));
        rows.add(new Measurement("peer", layer, params, peer, 0, 0, "ns", factor * 1e6));
    }

    private String table(List<Measurement> rows) throws Exception {
        ResultFiles.of(rows).write(folder.resolve("results/lanewise.json"));
        Report.write(folder.resolve("results"), folder.resolve("report"));
        return Files.readString(folder.resolve("report/table.md"));
    }
}
