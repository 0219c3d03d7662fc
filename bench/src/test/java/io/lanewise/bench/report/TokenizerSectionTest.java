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

class TokenizerSectionTest {

    @TempDir
    private Path folder;

    @Test
    void shouldHoldFactorsAgainstTheirTargets() throws Exception {
        List<Measurement> rows = new ArrayList<>();
        addDuel(rows, "wordpiece", "english", Map.of("lanewise", 5e3, "lanewise-spans", 25e3, "djl", 100e3));
        addDuel(rows, "wordpiece", "loading", Map.of("lanewise", 50e6, "djl", 40e6));
        addDuel(rows, "bpe", "mixed", Map.of("lanewise", 20e3, "lanewise-spans", 25e3)); // no peer
        ResultFiles.of(rows).write(folder.resolve("results/lanewise.json"));
        Report.write(folder.resolve("results"), folder.resolve("report"));
        String table = Files.readString(folder.resolve("report/table.md"));
        assertTrue(table.contains("| wordpiece | own | english | lanewise | 5.00 µs | 100 µs | ≥ 10× | 20.0× | yes |"),
                table);
        assertTrue(table.contains(
                "| wordpiece | own | english | lanewise-spans | 25.0 µs | 100 µs | ≥ 5× | 4.00× | no |"), table);
        assertTrue(table.contains("| wordpiece | own | loading | lanewise | 50.0 ms | 40.0 ms | ≥ 1× | 0.80× | no |"),
                table);
        assertTrue(table.contains("| bpe | own | mixed | lanewise | 20.0 µs | – | ≥ 5× | – | – |"), table);
        String page = Files.readString(folder.resolve("report/index.html"));
        assertTrue(page.contains("named no folder with a tokenizer.json of that type: unigram."), page);
    }

    private static void addDuel(List<Measurement> rows, String model, String work, Map<String, Double> nanos) {
        Map<String, String> params = Map.of("tokenizer", "own", "work", work);
        rows.add(new Measurement("tokenizer", model, params, "probe", 0, 0, "gflops", 100));
        rows.add(new Measurement("tokenizer", model, params, "probe", 0, 1, "gflops", 100));
        nanos.forEach((subject, value) -> rows.add(new Measurement("tokenizer", model, params, subject, 0, 0, "ns",
                value)));
    }
}
