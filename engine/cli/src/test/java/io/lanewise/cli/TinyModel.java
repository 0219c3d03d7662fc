package io.lanewise.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders of the engine's golden encoders, with a vocabulary where texts are wanted. */
final class TinyModel {

    private static final List<String> PIECES = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "good", "bad",
            "day", "##s", "in", "paris", "angela", "met", "ada", "the", "cat", "sat", "on", "mat", ".", "?");

    private TinyModel() {}

    /** Returns a golden folder, such as {@code odd-token}, which has no tokenizer. */
    static Path golden(String name) {
        try {
            return Path.of(TinyModel.class.getResource("/encoders/bert/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies a golden folder and gives it a tokenizer. */
    static Path withTokenizer(String name, Path parent) throws IOException {
        Path folder = parent.resolve(name);
        try (Stream<Path> files = Files.walk(golden(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(golden(name).relativize(file)));
            }
        }
        Files.write(folder.resolve("vocab.txt"), PIECES);
        return folder;
    }
}
