package io.lanewise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Folders whose weights stay and whose small files a fuzz test fills with input after input; gone when the JVM ends. */
public final class FuzzedFolder {

    /** In memory where Linux has it: a disk would be written to thousands of times a second. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Map<Path, Path> folders = new HashMap<>();

    /** Makes no folder yet. */
    public FuzzedFolder() {}

    /**
     * Returns a folder with the weights of another and texts of this moment.
     *
     * @param golden the folder whose weights it has
     * @param texts by path within the folder
     */
    public Path of(Path golden, Map<String, String> texts) {
        try {
            Path folder = folders.computeIfAbsent(golden, FuzzedFolder::copy);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(folder.resolve(text.getKey()), text.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Path golden) {
        try (Stream<Path> all = Files.walk(golden)) {
            Path folder = Files.isWritable(SHARED_MEMORY)
                    ? Files.createTempDirectory(SHARED_MEMORY, "fuzzed")
                    : Files.createTempDirectory("fuzzed");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(golden.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
                to.toFile().setWritable(true);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
