package io.lanewise.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hands random texts to this library and to the reference, and compares what both make of them: ids, types, the special mask,
 * spans, word numbers and pieces of each text, of each tenth text with the next as a pair, too, and the text that the ids become
 * again. What the package's documentation names as a difference is none here.
 */
final class Parity {

    private Parity() {}

    /**
     * Compares tokenizers, one after the other; exits with 1 if any of them differs.
     *
     * @param arguments a {@code tokenizer.json} or a folder of such, the number of texts, and a seed, which may be followed by the
     *        number of the first text
     */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        int first = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        boolean same = true;
        for (Path file : files(Path.of(arguments[0]))) {
            same &= new ParityRun(file, new RandomTexts(seed)).isSame(first, count);
        }
        System.exit(same ? 0 : 1);
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }
}
