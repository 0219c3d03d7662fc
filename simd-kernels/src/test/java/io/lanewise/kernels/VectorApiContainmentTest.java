package io.lanewise.kernels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class VectorApiContainmentTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path KERNELS = SOURCES.resolve(Path.of("io", "lanewise", "kernels", "simd"));

    @Test
    void shouldImportTheVectorApiInOnePackageOnly() throws IOException {
        List<Path> users;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            users = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(VectorApiContainmentTest::usesVectors)
                    .toList();
        }
        assertFalse(users.isEmpty());
        assertEquals(List.of(), users.stream().filter(file -> !file.getParent().equals(KERNELS)).toList());
    }

    private static boolean usesVectors(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .anyMatch(line -> line.matches("\\s*import (static )?jdk\\.incubator\\.vector\\..*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
