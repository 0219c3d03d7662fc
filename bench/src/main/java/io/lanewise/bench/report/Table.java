package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table that can be written as HTML and as Markdown. */
final class Table {

    private final List<String> header;
    private final List<List<Cell>> lines = new ArrayList<>();

    Table(String... header) {
        this.header = List.of(header);
    }

    void add(List<Cell> line) {
        lines.add(line);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String html() {
        StringBuilder html = new StringBuilder("<table>\n<tr>");
        header.forEach(name -> html.append("<th>").append(Html.escape(name)).append("</th>"));
        html.append("</tr>\n");
        for (List<Cell> line : lines) {
            html.append("<tr>").append(line.stream().map(Cell::html).collect(Collectors.joining())).append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    String markdown() {
        StringBuilder markdown = new StringBuilder(markdownLine(header));
        markdown.append(markdownLine(header.stream().map(_ -> "---").toList()));
        lines.forEach(line -> markdown.append(markdownLine(line.stream().map(Cell::text).toList())));
        return markdown.toString();
    }

    private static String markdownLine(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
