package io.lanewise.bench.report;

import java.util.List;

/**
 * A part of the page.
 *
 * @param title its heading
 * @param explanation what is shown, in a sentence or two
 * @param charts PNG images
 * @param table the figures
 */
record Section(String title, String explanation, List<byte[]> charts, Table table) {

    String html() {
        StringBuilder html = new StringBuilder("<h2>%s</h2>%n<p>%s</p>%n".formatted(Html.escape(title),
                Html.escape(explanation)));
        charts.forEach(png -> html.append(Html.image(title, png)));
        return html.append(table.html()).toString();
    }
}
