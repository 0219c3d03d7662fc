package io.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.io.File.pathSeparator;
import static org.junit.jupiter.api.Assertions.assertEquals;

class JarredPathTest {

    @TempDir
    Path folder;

    @Test
    void shouldPutAJarInThePlaceOfEachDirectory() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(classes.resolve("some"));
        Files.writeString(classes.resolve("some/resource"), "text");
        Path first = Files.createFile(folder.resolve("first.jar"));
        String[] path = JarredPath.of(first + pathSeparator + classes, folder).split(pathSeparator);
        assertEquals(2, path.length);
        assertEquals(first.toString(), path[0]);
        try (JarFile jar = new JarFile(path[1])) {
            JarEntry only = jar.stream().toList().getFirst();
            assertEquals(List.of("some/resource"), jar.stream().map(JarEntry::getName).toList());
            assertEquals("text", new String(jar.getInputStream(only).readAllBytes()));
        }
    }
}
