package io.lanewise.bench.report;

import java.util.Base64;

/** The little HTML that the page needs. */
final class Html {

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    static String image(String alternative, byte[] png) {
        return "<img alt=\"%s\" src=\"data:image/png;base64,%s\">%n".formatted(escape(alternative),
                Base64.getEncoder().encodeToString(png));
    }
}
