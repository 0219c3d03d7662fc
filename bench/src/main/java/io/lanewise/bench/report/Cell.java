package io.lanewise.bench.report;

/**
 * What stands in a cell of a table.
 *
 * @param text as shown
 * @param figure where the text comes from, or null for words
 */
record Cell(String text, Figure figure) {

    private static final String NOT_MEASURED = "–";

    static Cell of(String words) {
        return new Cell(words, null);
    }

    static Cell of(Figure figure) {
        return new Cell(figure == null ? NOT_MEASURED : figure.text(), figure);
    }

    /** Writes the cell; a figure names its id, and says in a tooltip what it is. */
    String html() {
        return figure == null
                ? "<td>" + Html.escape(text) + "</td>"
                : "<td class=\"figure\" data-figure=\"%s\" title=\"%s\">%s</td>".formatted(figure.id(),
                        Html.escape(figure.id() + ": " + figure.what() + ", " + figure.rows().size() + " rows"),
                        Html.escape(text));
    }
}
