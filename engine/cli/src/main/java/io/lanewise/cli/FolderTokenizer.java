package io.lanewise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.tokenizers.Tokenizer;

/** Finds a folder's tokenizer, where it has any. */
final class FolderTokenizer {

    private static final List<String> FILES = List.of("tokenizer.json", "vocab.txt", "vocab.json");

    private FolderTokenizer() {}

    /**
     * Loads the tokenizer; empty where the folder has no file of one.
     *
     * @throws LanewiseException if it has one that cannot be read, or is no folder
     */
    static Optional<Tokenizer> find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new LanewiseException("a model must be a folder: folder=" + folder);
        }
        Path own = ModelFolder.encoderOf(folder);
        boolean hasOne = FILES.stream().anyMatch(file -> Files.exists(own.resolve(file)));
        return hasOne ? Optional.of(Tokenizer.load(own)) : Optional.empty();
    }

    /**
     * Loads the tokenizer of a folder, or a file of one.
     *
     * @throws LanewiseException if it cannot be read
     */
    static Tokenizer load(Path folderOrFile) {
        return Tokenizer.load(Files.isDirectory(folderOrFile) ? ModelFolder.encoderOf(folderOrFile) : folderOrFile);
    }
}
