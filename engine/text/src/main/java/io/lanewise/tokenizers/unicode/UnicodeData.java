package io.lanewise.tokenizers.unicode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads this package's tables. */
final class UnicodeData {

    private UnicodeData() {}

    /** Returns the lines of a table, each cut at its spaces. */
    static List<String[]> rows(String table) {
        try (InputStream in = UnicodeData.class.getResourceAsStream(table + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().map(line -> line.split(" "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int codePoint(String hex) {
        return Integer.parseInt(hex, 16);
    }
}
