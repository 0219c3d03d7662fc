package io.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lanewise.bench.result.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportTest {

    private static final Pattern FIGURE = Pattern.compile("data-figure=\"(f\\d+)\"[^>]*>([^<]+)</td>");

    @TempDir
    private Path folder;

    private Path write(List<Measurement> measurements) throws IOException {
        ResultFiles.of(measurements).write(folder.resolve("results/lanewise.json"));
        Path report = folder.resolve("report");
        Report.write(folder.resolve("results"), report);
        return report;
    }

    private static List<Measurement> threeRounds() {
        return ResultFiles.layer(new double[]{100, 100, 90, 90}, new double[]{2e6, 3e6, 4e6},
                new double[]{60e6, 60e6, 60e6});
    }

    private static JsonNode find(JsonNode list, String id) {
        return StreamSupport.stream(list.spliterator(), false).filter(node -> node.get("id").asText().equals(id))
                .findFirst().orElse(null);
    }

    @Test
    void shouldRefuseAResultFileWithoutAProbe() {
        List<Measurement> rows = List.of(ResultFiles.row("lanewise", 0, "ns", 2), ResultFiles.row("naive", 0, "ns", 6));
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> write(rows));
        assertEquals("a result file must hold readings of the FMA probe: file=lanewise.json, rows=2, probe readings=0",
                refusal.getMessage());
        assertFalse(Files.exists(folder.resolve("report")));
    }

    @Test
    void shouldRefuseATimedPointWithoutAProbe() {
        List<Measurement> rows = new ArrayList<>(threeRounds());
        rows.add(new Measurement("kernel", "add", ResultFiles.PARAMS, "lanewise", 0, 0, "ns", 1));
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> write(rows));
        assertEquals("every timed point must have readings of the FMA probe: file=lanewise.json, "
                + "point=kernel/add (B=128, lengths=full), probe readings=0", refusal.getMessage());
    }

    @Test
    void shouldTraceEveryFigureOfThePageToRows() throws IOException {
        Path report = write(threeRounds());
        JsonNode json = new ObjectMapper().readTree(report.resolve("report.json").toFile());
        Matcher shown = FIGURE.matcher(Files.readString(report.resolve("index.html")));
        int figures = 0;
        while (shown.find()) {
            JsonNode figure = find(json.get("figures"), shown.group(1));
            assertEquals(figure.get("text").asText(), shown.group(2));
            assertEquals(Figure.text(figure.get("unit").asText(), figure.get("value").asDouble()), shown.group(2));
            figure.get("rows").forEach(row -> assertNotNull(find(json.get("rows"), row.asText()), row.asText()));
            figures++;
        }
        assertEquals(6, figures); // time, against naive, best and median fraction, geometric mean, the fraction held against its target
    }

    @Test
    void shouldShowTheMedianOfTheRoundsThatCount() throws IOException {
        Path report = write(threeRounds());
        JsonNode json = new ObjectMapper().readTree(report.resolve("report.json").toFile());
        JsonNode time = StreamSupport.stream(json.get("figures").spliterator(), false)
                .filter(figure -> figure.get("what").asText().startsWith("median time of lanewise")).findFirst()
                .orElseThrow();
        assertEquals(3e6, time.get("value").asDouble());
        assertEquals("3.00 ms", time.get("text").asText());
        List<Double> rows = new ArrayList<>();
        time.get("rows").forEach(id -> rows.add(find(json.get("rows"), id.asText()).get("value").asDouble()));
        assertEquals(List.of(2e6, 4e6), rows);
    }

    @Test
    void shouldSayWhatWasDropped() throws IOException {
        Path report = write(threeRounds());
        String page = Files.readString(report.resolve("index.html"));
        assertTrue(page.contains("Dropped: 1 of 3 rounds"), page);
        assertTrue(page.contains("fork 0 round 1, the probe moved by 10.0%, from 100.0 to 90.0 GFLOP/s"), page);
        JsonNode json = new ObjectMapper().readTree(report.resolve("report.json").toFile());
        assertEquals(1, json.get("dropped").size());
    }

    @Test
    void shouldSayWhatWasNotMeasured() throws IOException {
        ResultFiles.of(threeRounds(), "peer/x: it answers <otherwise>").write(folder.resolve("results/lanewise.json"));
        List<String> failures = Report.write(folder.resolve("results"), folder.resolve("report"));
        assertEquals(List.of("peer/x: it answers <otherwise>"), failures);
        String page = Files.readString(folder.resolve("report/index.html"));
        assertTrue(page.contains("<li>peer/x: it answers &lt;otherwise&gt;</li>"), page);
    }

    @Test
    void shouldSayWhatPeersRan() throws IOException {
        Path report = write(threeRounds());
        String page = Files.readString(report.resolve("index.html"));
        assertTrue(page.contains("<li>openblas: kernel &lt;Zen&gt;, threads 1</li>"), page);
        String table = Files.readString(report.resolve("table.md"));
        assertTrue(table.contains("\n- openblas: kernel <Zen>, threads 1\n"), table);
    }

    @Test
    void shouldNameCommandAndMachineAboveTheTable() throws IOException {
        String table = Files.readString(write(threeRounds()).resolve("table.md"));
        assertTrue(table.startsWith("`mvn -q -Pbench` on a <CPU>, 2 cores, 16384 MiB, vectors, a JVM; commit abc123"),
                table);
        assertTrue(table.contains("| co-attention | 128 | full | 3.00 ms | 22.5× | – |"), table);
    }
}
