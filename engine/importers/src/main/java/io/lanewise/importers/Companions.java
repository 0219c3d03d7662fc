package io.lanewise.importers;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that belong to a model and stand beside its weights, or in the folder above if exports have one of their own.
 *
 * @param source the file of weights; null where a stream was read, which has nothing beside it
 */
record Companions(Path source) {

    private static final String EXPORTS = "onnx";
    private static final String TOKENIZER = "tokenizer.json";

    /** Returns a file; null if there is none. */
    Path find(String name) {
        if (source == null) {
            return null;
        }
        Path folder = folder();
        Path beside = orNull(folder.resolve(name));
        boolean isExports = folder.getFileName() != null && folder.getFileName().toString().equals(EXPORTS);
        return beside == null && isExports ? orNull(folder.resolveSibling(name)) : beside;
    }

    /** Returns a file that says how sentences are pooled, which is looked for in the folder above whatever the folder is called. */
    Path forPooling(String name) {
        Path found = find(name);
        return found == null && source != null && folder().getParent() != null
                ? orNull(folder().resolveSibling(name))
                : found;
    }

    /** Returns the tokenizer, which may be named after the weights, as in LangChain4j's jars; null if there is none. */
    Path tokenizer() {
        if (source == null) {
            return null;
        }
        Path named = find(stem(source.getFileName().toString()) + "-" + TOKENIZER);
        return named == null ? find(TOKENIZER) : named;
    }

    /** Returns a name without what it ends with. */
    static String stem(String name) {
        return name.replaceFirst("\\.\\w+$", "");
    }

    /** Returns the folder that the weights are in. */
    Path folder() {
        return source.toAbsolutePath().getParent();
    }

    static Path orNull(Path file) {
        return Files.isRegularFile(file) ? file : null;
    }
}
