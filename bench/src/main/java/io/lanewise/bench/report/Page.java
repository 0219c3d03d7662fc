package io.lanewise.bench.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.lanewise.bench.result.Environment;

/** The page: what was run where, what was dropped, then one section after the other. Needs nothing but itself. */
final class Page {

    private static final String STYLE = """
            body { font: 15px/1.5 sans-serif; max-width: 1120px; margin: 2em auto; padding: 0 1em; color: #222 }
            img { max-width: 100%; height: auto; display: block; margin: 1em 0 }
            table { border-collapse: collapse; margin: 1em 0; font-size: 13px }
            th, td { border-bottom: 1px solid #ddd; padding: 3px 9px; text-align: left; vertical-align: top }
            td.figure { text-align: right; font-variant-numeric: tabular-nums; cursor: help }
            """;

    private Page() {}

    static String of(Analysis analysis, List<Section> sections) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Lanewise, side by side</title>
                <style>
                %s</style></head>
                <body>
                <h1>Lanewise, side by side</h1>
                %s%s%s%s</body>
                </html>
                """.formatted(STYLE, sources(analysis.raw()), failures(analysis.raw()), dropped(analysis),
                sections.stream().filter(section -> !section.table().isEmpty()).map(Section::html)
                        .collect(Collectors.joining()));
    }

    private static String sources(RawData raw) {
        return raw.sources().stream().map(Page::source).collect(Collectors.joining())
                + "<p>Point at a figure for what it is. Its id leads through <code>figures</code> in "
                + "<code>report.json</code> to the ids of its <code>rows</code>, as they were measured.</p>\n";
    }

    private static String source(Source source) {
        Environment machine = source.environment();
        return "<p><code>%s</code>: %s, %d cores, %s; %s; %s; %s, %s; %s; commit %s, %s (%s)</p>%n%s".formatted(
                Html.escape(source.command()), Html.escape(machine.cpu()), machine.cores(),
                Figure.text("bytes", machine.memoryBytes()), Html.escape(machine.os()),
                Html.escape(machine.vectors()), Html.escape(machine.jvm()), Html.escape(machine.jvmVendor()),
                Html.escape(String.join(" ", machine.jvmFlags())), machine.commit(), machine.date(),
                Html.escape(source.file()), peers(machine));
    }

    private static String peers(Environment machine) {
        return machine.peers().isEmpty()
                ? ""
                : "<p>What peers say that they ran:</p>\n<ul>" + machine.peers().entrySet().stream()
                        .map(peer -> "<li>%s: %s</li>%n".formatted(Html.escape(peer.getKey()),
                                Html.escape(peer.getValue())))
                        .collect(Collectors.joining()) + "</ul>\n";
    }

    private static String failures(RawData raw) {
        return raw.failures().isEmpty()
                ? ""
                : "<p>Not measured:</p>\n<ul>" + raw.failures().stream()
                        .map(failure -> "<li>" + Html.escape(failure) + "</li>\n").collect(Collectors.joining())
                        + "</ul>\n";
    }

    private static String dropped(Analysis analysis) {
        List<Dropped> dropped = analysis.dropped();
        String counted = ("<p>Dropped: %d of %d rounds, because the probe before and after them differed by more "
                + "than %.0f%% or was missing.").formatted(dropped.size(), dropped.size() + analysis.keptRounds(),
                        100 * Round.LARGEST_MOVE);
        Map<String, List<Dropped>> byPoint = dropped.stream().collect(Collectors.groupingBy(Dropped::point));
        String details = byPoint.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(point -> "<li>%s: %s</li>%n".formatted(Html.escape(point.getKey()),
                        Html.escape(reasons(point.getValue()))))
                .collect(Collectors.joining());
        return counted + (details.isEmpty()
                ? "</p>\n"
                : "</p>\n<details><summary>Which ones</summary><ul>" + details + "</ul></details>\n");
    }

    private static String reasons(List<Dropped> rounds) {
        return rounds.stream().map(round -> "fork %d round %d, %s".formatted(round.fork(), round.round(),
                round.reason())).collect(Collectors.joining("; "));
    }
}
