package io.lanewise.text;

import java.io.File;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** REPORTS A13: an application that is deployed again, or two in one JVM, each with the library in a class loader of its own. */
class ClassLoadersTest {

    private static final int COLLECTIONS = 50;

    @TempDir
    private Path folder;

    @Test
    void shouldWorkInSiblingClassLoadersAndLetThemGo() throws Exception {
        TinyModel.embedder(folder);
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        float[] expected;
        try (TextEmbedder own = TextEmbedder.load(folder)) {
            expected = own.embed("w1 w2 w3");
        }
        PhantomReference<ClassLoader> first = embedInAnother(expected, queue);
        embedInAnother(expected, queue); // what the JDK remembers of the last use of a record is of this one
        boolean collected = false;
        for (int i = 0; i < COLLECTIONS && !collected; i++) {
            System.gc();
            collected = queue.remove(100) == first;
        }
        assertTrue(collected, "a class loader must be collected after its embedder is closed");
    }

    /** Embeds by another copy of the library; nothing of it is left but a phantom. */
    private PhantomReference<ClassLoader> embedInAnother(float[] expected, ReferenceQueue<ClassLoader> queue)
            throws Exception {
        URLClassLoader loader = new URLClassLoader("application", classPath(), ClassLoader.getPlatformClassLoader());
        Class<?> type = loader.loadClass(TextEmbedder.class.getName());
        assertNotSame(TextEmbedder.class, type);
        Object embedder = type.getMethod("load", Path.class).invoke(null, folder);
        assertArrayEquals(expected, (float[]) type.getMethod("embed", String.class).invoke(embedder, "w1 w2 w3"));
        type.getMethod("registerMBean", String.class).invoke(embedder, "an application's");
        type.getMethod("close").invoke(embedder);
        loader.close();
        return new PhantomReference<>(loader, queue);
    }

    private static URL[] classPath() {
        List<String> entries = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        return entries.stream().map(entry -> {
            try {
                return new File(entry).toURI().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }).toArray(URL[]::new);
    }
}
