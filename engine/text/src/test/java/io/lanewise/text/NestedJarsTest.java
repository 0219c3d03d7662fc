package io.lanewise.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** REPORTS A13: the library in jars within a jar, as Spring Boot packs them, and models within archives. */
@Isolated("garbage is waited for")
class NestedJarsTest {

    private static final int COLLECTIONS = 50;

    @TempDir
    private Path directory;

    /** Loads classes and resources of jars within a jar, whose addresses no other class loader knows. */
    private static final class NestedLoader extends ClassLoader {

        private final Map<String, byte[]> entries = new HashMap<>();
        private final Path jar;

        NestedLoader(Path jar) throws IOException {
            super("nested", ClassLoader.getPlatformClassLoader());
            this.jar = jar;
            try (JarInputStream outer = new JarInputStream(Files.newInputStream(jar))) {
                for (JarEntry entry = outer.getNextJarEntry(); entry != null; entry = outer.getNextJarEntry()) {
                    read(entry.getName(), outer.readAllBytes());
                }
            }
        }

        private void read(String name, byte[] bytes) throws IOException {
            try (JarInputStream inner = new JarInputStream(new ByteArrayInputStream(bytes))) {
                for (JarEntry entry = inner.getNextJarEntry(); entry != null; entry = inner.getNextJarEntry()) {
                    entries.putIfAbsent(entry.getName(), inner.readAllBytes());
                }
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = entries.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        protected URL findResource(String name) {
            byte[] bytes = entries.get(name);
            try {
                return bytes == null
                        ? null
                        : URL.of(URI.create("jar:nested:" + jar + "/!BOOT-INF/lib/x.jar!/" + name), new Handler(bytes));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Enumeration<URL> findResources(String name) {
            URL url = findResource(name);
            return url == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(url));
        }
    }

    private static final class Handler extends URLStreamHandler {

        private final byte[] bytes;

        Handler(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {
                    // the bytes are here
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }

    @Test
    void shouldWorkOutOfJarsWithinAJarAndLetTheirLoaderGo() throws Exception {
        Path folder = TinyModel.embedder(Files.createDirectory(directory.resolve("model")));
        float[] expected;
        try (TextEmbedder own = TextEmbedder.load(folder)) {
            expected = own.embed("w1 w2 w3");
        }
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        Path jar = nested();
        PhantomReference<ClassLoader> first = embedByNested(jar, folder, expected, queue);
        embedByNested(jar, folder, expected, queue); // what the JDK remembers of the last use of a record is of this one
        boolean collected = false;
        for (int i = 0; i < COLLECTIONS && !collected; i++) {
            System.gc();
            collected = queue.remove(100) == first;
        }
        assertTrue(collected, "a class loader must be collected after its embedder is closed");
    }

    private static PhantomReference<ClassLoader> embedByNested(Path jar, Path folder, float[] expected,
            ReferenceQueue<ClassLoader> queue) throws Exception {
        NestedLoader loader = new NestedLoader(jar);
        Class<?> type = loader.loadClass(TextEmbedder.class.getName());
        assertNotSame(TextEmbedder.class, type);
        Object embedder = type.getMethod("load", Path.class).invoke(null, folder);
        assertArrayEquals(expected, (float[]) type.getMethod("embed", String.class).invoke(embedder, "w1 w2 w3"));
        type.getMethod("close").invoke(embedder);
        return new PhantomReference<>(loader, queue);
    }

    /** Packs what is on the class path of the library, and not of the tests, as jars within a jar. */
    private Path nested() throws IOException {
        Path jar = directory.resolve("application.jar");
        try (JarOutputStream outer = new JarOutputStream(Files.newOutputStream(jar))) {
            int number = 0;
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                boolean isOurs = entry.matches(".*(lanewise|simd-kernels|engine.(core|text)|agrona|gson).*")
                        && !entry.contains("test-classes") && !entry.contains("tests");
                if (isOurs) {
                    outer.putNextEntry(new JarEntry("BOOT-INF/lib/" + number++ + ".jar"));
                    outer.write(Files.isDirectory(Path.of(entry))
                            ? packed(Path.of(entry))
                            : Files.readAllBytes(Path.of(entry)));
                }
            }
            assertTrue(number >= 5, "kernels, core, text, Agrona and Gson must be there: jars=" + number);
        }
        return jar;
    }

    private static byte[] packed(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes); Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, jar);
            }
        }
        return bytes.toByteArray();
    }

    // ---------------------------------------------------------------- models

    /** A folder of an archive's file system is read; an address that is no path of any says that it is no folder. */
    @Test
    void shouldLoadAModelOfAnArchiveAndRefuseWhatIsNoFolder() throws IOException {
        Path folder = TinyModel.embedder(Files.createDirectory(directory.resolve("model")));
        Path zip = directory.resolve("models.jar");
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = Files.createDirectories(archive.getPath("/models/tiny"));
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = inside.resolve(folder.relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
            try (TextEmbedder own = TextEmbedder.load(folder); TextEmbedder archived = TextEmbedder.load(inside)) {
                assertArrayEquals(own.embed("w1 w2 w3"), archived.embed("w1 w2 w3"));
            }
        }
        for (Path address : List.of(Path.of(zip + "!", "models", "tiny"),
                Path.of("jar:nested:" + zip + "!/models/tiny"))) {
            assertEquals("a model must be a folder: folder=" + address,
                    assertThrowsExactly(LanewiseException.class, () -> TextEmbedder.load(address)).getMessage());
        }
    }
}
