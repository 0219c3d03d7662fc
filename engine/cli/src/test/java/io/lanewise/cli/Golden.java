package io.lanewise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of one of the engine's golden cases. */
record Golden(Path folder) {

    /** Returns all cases that have weights. */
    static List<Golden> layers() {
        try (Stream<Path> folders = Files.find(root(), 2,
                (path, _) -> Files.exists(path.resolve("weights.safetensors")))) {
            return folders.sorted().map(Golden::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the case of that folder, such as {@code lanes/co-attention}. */
    static Golden of(String name) {
        return new Golden(root().resolve(name));
    }

    /** Returns the case of HGA of that name. */
    static Golden ofHga(String name) {
        return new Golden(resource("/hga").resolve(name));
    }

    private static Path root() {
        return resource("/goldens");
    }

    private static Path resource(String name) {
        try {
            return Path.of(Golden.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path weights() {
        return folder.resolve("weights.safetensors");
    }

    Path input() {
        return folder.resolve("input.safetensors");
    }

    Path expected() {
        return folder.resolve("expected.safetensors");
    }

    @Override
    public String toString() {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }
}
