package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the tables of {@code io.lanewise.tokenizers.unicode}. Classes and mappings of single code points are those recorded of the
 * reference ({@code classes.jsonl}), which says of mappings where JDK 25 has others; combining classes, scripts and what breaks
 * clusters are asked of the reference; what else makes clusters is JDK 25's.
 */
final class UnicodeTables {

    /** By the name of a table, that of the recorded class. */
    private static final Map<String, String> CLASSES = new TreeMap<>(Map.of(
            "accent", "strip-accents-dropped",
            "bert-accent", "bert-strip-accents-dropped",
            "bert-dropped", "bert-clean-dropped",
            "chinese", "bert-chinese",
            "letter", "regex \\p{L}",
            "number", "regex \\p{N}",
            "numeric", "digits",
            "punctuation", "punctuation",
            "word", "whitespace-word"));

    private UnicodeTables() {}

    /**
     * Writes all tables and compares each with the one that is shipped; exits with 1 if one is another.
     *
     * @param arguments the folder to write to
     */
    public static void main(String[] arguments) throws IOException {
        if (Runtime.version().feature() != 25) {
            throw new IllegalStateException("needs the Unicode of JDK 25");
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        boolean same = true;
        for (Map.Entry<String, List<String>> table : tables().entrySet()) {
            String name = table.getKey() + ".txt";
            String text = String.join("\n", table.getValue()) + "\n";
            Files.writeString(folder.resolve(name), text);
            boolean isShipped = text.equals(shipped(name));
            System.out.println(name + ": " + table.getValue().size() + " lines"
                    + (isShipped ? "" : ", not as shipped"));
            same &= isShipped;
        }
        System.exit(same ? 0 : 1);
    }

    private static String shipped(String name) throws IOException {
        return Files.readString(Path.of("src/main/resources/io/lanewise/tokenizers/unicode").resolve(name));
    }

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new TreeMap<>();
        CLASSES.forEach((table, recorded) -> tables.put(table, RecordedUnicode.ranges(recorded)));
        RecordedMap canonical = RecordedMap.of("NFD", Form.NFD);
        RecordedMap compatible = RecordedMap.of("NFKD", Form.NFKD);
        tables.put("lowercase", RecordedMap.lowercase().rows(_ -> true));
        tables.put("decomposition", canonical.rows(_ -> true));
        tables.put("compatibility", compatible.rows(codePoint -> !compatible.get(codePoint).equals(canonical.get(
                codePoint))));
        tables.put("composition", canonical.compositions());
        tables.put("combining", new CombiningOrder().rows());
        tables.put("script", new ScriptGroups().rows());
        tables.putAll(ClusterTables.all());
        return tables;
    }
}
