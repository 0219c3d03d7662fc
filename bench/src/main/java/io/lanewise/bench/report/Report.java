package io.lanewise.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lanewise.bench.result.Environment;

/** Writes {@code index.html}, {@code report.json} and {@code table.md} from a directory of result files. */
public final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What {@code report.json} holds. */
    private record Contents(List<Source> sources, List<Dropped> dropped, List<Figure> figures, List<Row> rows) {}

    private Report() {}

    /**
     * Writes a report.
     *
     * @param arguments the directory of the result files, and the report's
     */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path report = Path.of(arguments[1]);
        List<String> failures = write(Path.of(arguments[0]), report);
        System.out.println("report: " + report.resolve("index.html").toAbsolutePath().normalize());
        failures.forEach(failure -> System.out.println("not measured: " + failure));
        if (!failures.isEmpty()) {
            System.exit(1);
        }
    }

    /**
     * Writes a report.
     *
     * @return what could not be measured and why; the page says so too
     * @throws IllegalArgumentException if a result file has no readings of the FMA probe; nothing is written then
     */
    public static List<String> write(Path results, Path report) throws IOException {
        Analysis analysis = Analysis.of(RawData.read(results));
        Section matMul = new MatMulSection(analysis).make();
        Section layers = new LayerSection(analysis).make();
        Section stages = StageSection.make(analysis);
        Section targets = new TargetSection(analysis).make();
        Section layerTargets = new LayerTargetSection(analysis).make();
        Section tokenizers = new TokenizerSection(analysis).make();
        Section encoders = new EncoderSection(analysis).make();
        Section texts = new EncoderTextSection(analysis).make();
        Section callers = new CallersSection(analysis).make();
        Section encoderTargets = EncoderTargetSection.make(analysis);
        ColdStarts starts = ColdStarts.of(analysis);
        Section coldStarts = new ColdStartSection(starts, analysis.figures()).make();
        Section coldTargets = ColdTargetSection.make(starts, analysis.figures());
        List<Section> sections = List.of(encoders, texts, callers, encoderTargets, matMul, targets, layers, stages,
                layerTargets, new GainSection(analysis).make(), coldTargets, coldStarts,
                KernelSection.make(analysis), tokenizers, new ServiceSection(analysis).make(),
                new ResourceSection(analysis).make(), BandwidthSection.make(analysis));
        Files.createDirectories(report);
        Files.writeString(report.resolve("index.html"), Page.of(analysis, sections));
        Files.writeString(report.resolve("table.md"),
                markdown(analysis.raw(), encoders, texts, callers, encoderTargets, layers,
                        stages, layerTargets, matMul, targets, tokenizers, coldTargets, coldStarts));
        JSON.writeValue(report.resolve("report.json").toFile(), new Contents(analysis.raw().sources(),
                analysis.dropped(), analysis.figures().all(), analysis.raw().rows()));
        return analysis.raw().failures();
    }

    private static String markdown(RawData raw, Section... sections) {
        StringBuilder markdown = new StringBuilder(raw.sources().stream().map(Report::origin).distinct()
                .collect(Collectors.joining("\n")));
        for (Section section : sections) {
            if (!section.table().isEmpty()) {
                markdown.append('\n').append(section.table().markdown());
            }
        }
        return markdown.toString();
    }

    private static String origin(Source source) {
        Environment machine = source.environment();
        String origin = "`%s` on %s, %d cores, %s, %s, %s; commit %s, %s%n".formatted(source.command(), machine.cpu(),
                machine.cores(), Figure.text("bytes", machine.memoryBytes()), machine.vectors(), machine.jvm(),
                machine.commit(), machine.date().substring(0, 10));
        return origin + machine.peers().entrySet().stream()
                .map(peer -> "- %s: %s%n".formatted(peer.getKey(), peer.getValue())).collect(Collectors.joining());
    }
}
