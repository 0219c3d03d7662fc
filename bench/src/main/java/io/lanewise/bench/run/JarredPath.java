package io.lanewise.bench.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import static java.io.File.pathSeparator;

/** Makes a class path of jars alone, as applications have it, and as the JVM wants it to be for a cache of classes. */
public final class JarredPath {

    private JarredPath() {}

    /** Returns a class path with a jar, made in a folder, in the place of each directory. */
    public static String of(String classPath, Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : classPath.split(pathSeparator)) {
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path)
                    ? jar(path, folder.resolve("classes-" + jars.size() + ".jar")).toString()
                    : entry);
        }
        return String.join(pathSeparator, jars);
    }

    private static Path jar(Path directory, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(directory);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new JarEntry(directory.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
        return jar;
    }
}
