package io.lanewise.text;

import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A model has the same bits wherever its folder is, and what is not there is said in one line. */
class ModelLocationTest {

    @TempDir
    private static Path temp;

    private static Path folder;
    private static float[] expected;

    @BeforeAll
    static void write() throws IOException {
        folder = TinyModel.embedder(Files.createDirectory(temp.resolve("a model")));
        try (TextEmbedder embedder = TextEmbedder.load(folder)) {
            expected = embedder.embed("w1 w2 w3");
        }
    }

    private static Path jar(String name, boolean stored) throws IOException {
        Path jar = temp.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                ZipEntry entry = new ZipEntry("models/tiny one/" + folder.relativize(file));
                if (stored) {
                    CRC32 sum = new CRC32();
                    sum.update(bytes);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(bytes.length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        }
        return jar;
    }

    private static void requireSameBits(ModelLocation location) {
        try (TextEmbedder embedder = location.load(TextEmbedder::load)) {
            assertArrayEquals(expected, embedder.embed("w1 w2 w3"), location.toString());
        }
    }

    @Test
    void shouldLoadFromAFolder() {
        requireSameBits(ModelLocation.of(folder));
        requireSameBits(ModelLocation.of(folder.toString()));
        requireSameBits(ModelLocation.of(folder.toUri().toString()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoadFromAJar(boolean stored) throws IOException {
        Path jar = jar("model " + stored + ".jar", stored);
        requireSameBits(ModelLocation.of("jar:" + jar.toUri() + "!/models/tiny%20one"));
        requireSameBits(ModelLocation.of("jar:" + jar.toUri() + "!//models/tiny%20one/"));
        try (URLClassLoader loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, null)) {
            requireSameBits(ModelLocation.of("classpath:models/tiny one", loader));
            requireSameBits(ModelLocation.of("classpath:/models/tiny one/", loader));
        }
    }

    @Test
    void shouldLoadFromAFolderOnTheClassPath() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[]{temp.toUri().toURL()}, null)) {
            requireSameBits(ModelLocation.of("classpath:a model", loader));
        }
    }

    /** spring-ai#6219: nothing is kept of what was there before. */
    @Test
    void shouldReadAJarAnewThatWasReplaced() throws IOException {
        Path jar = jar("replaced.jar", false);
        String location = "jar:" + jar.toUri() + "!/models/tiny%20one";
        requireSameBits(ModelLocation.of(location));
        Files.delete(jar);
        assertThrowsExactly(LanewiseException.class, () -> ModelLocation.of(location).load(TextEmbedder::load));
        jar("replaced.jar", true);
        requireSameBits(ModelLocation.of(location));
    }

    /** hardwood#199: neither the jar nor what was read of it is held. */
    @Test
    void shouldServeWhenItsJarIsGone() throws IOException {
        Path jar = jar("gone.jar", false);
        try (TextEmbedder embedder = ModelLocation.of("jar:" + jar.toUri() + "!/models/tiny%20one")
                .load(TextEmbedder::load)) {
            Files.delete(jar);
            assertArrayEquals(expected, embedder.embed("w1 w2 w3"));
        }
        assertFalse(Files.exists(jar));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/model", "jar:file:/nowhere.jar", "jar:none", "file:relative", "file:",
            "jar:file:/nowhere.jar!/x", "jar:nested:/nowhere.jar/!BOOT-INF/lib/x.jar!/x", "classpath:nowhere",
            "classpath:", "  ", "\0", "nowhere", "jar:nested:!/", "file:///%zz", "jar:", "jar:!/", "jar:file:!/",
            "jar:file:/",
            "jar:file:///nowhere.jar!//x", "jar:jar:file:/nowhere.jar!/b.jar!/x", "jar:http://localhost/a.jar!/x",
            "jar:file:/nowhere.jar!/x?y", "jar:file:/nowhere.jar!/x#y", "jar:file:/tmp!/x", "jar:file:/dev/null!/x",
            "file://localhost/x", "file:/nowhere?x", "file:/nowhere#x", "file:/a\nb", "nowhere\nelse",
            "jar:file:/a b.jar!/x", "classpath:///", "classpath:../x", "classpath:\0", "/", "\\", ":", "!/", "a:b",
            "jar:file:/nowhere.jar!/%00", "jar:file:%2Fnowhere.jar!/x", "\uD800", "file:/\uD800"})
    void shouldRefuseInOneLineWhatIsNotThere(String location) {
        String message = assertThrowsExactly(LanewiseException.class,
                () -> ModelLocation.of(location).load(TextEmbedder::load)).getMessage();
        assertTrue(message.lines().count() == 1 && message.contains("must"), message);
    }

    /** Only what opens a location is told as one that is wrong. */
    @Test
    void shouldPassOnWhatLoadingThrows() throws IOException {
        IllegalArgumentException own = new IllegalArgumentException("own");
        Path jar = jar("thrown.jar", true);
        for (String location : List.of(folder.toString(), folder.toUri().toString(),
                "jar:" + jar.toUri() + "!/models/tiny%20one")) {
            assertSame(own, assertThrowsExactly(IllegalArgumentException.class,
                    () -> ModelLocation.of(location).load(_ -> {
                        throw own;
                    })), location);
        }
    }

    /** A folder of the application's own jar, as Spring Boot's class loader names it. */
    @Test
    void shouldLoadFromAFolderOfAnOuterJar() throws IOException {
        Path apps = Files.createDirectory(temp.resolve("!apps"));
        Path jar = Files.move(jar("application.jar", true), apps.resolve("application.jar"));
        ClassLoader boots = new ClassLoader(null) {
            @Override
            protected URL findResource(String name) {
                try {
                    return URL.of(URI.create("jar:nested:" + jar.toUri().getRawPath() + "/!models/!//"
                            + name.replace(" ", "%20")), new URLStreamHandler() {
                                @Override
                                protected URLConnection openConnection(URL url) throws IOException {
                                    throw new IOException("is not opened");
                                }
                            });
                } catch (MalformedURLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        requireSameBits(ModelLocation.of("classpath:tiny one", boots));
    }

    @ParameterizedTest
    @CsvSource({"models/x, x", "/, /", "file:/a/b/, b", "jar:file:/a.jar!/models/x, x", "' a\\b\\ ', b", "C:, C"})
    void shouldBeNamedForItsLastPart(String location, String name) {
        assertEquals(name, ModelLocation.of(location).name());
    }

    @Test
    void shouldSayWhatALocationMayBe() {
        assertEquals(
                "a model's location must be a path, or begin with classpath:, file: or jar: and name a folder: location='jar:none'",
                assertThrowsExactly(LanewiseException.class,
                        () -> ModelLocation.of("jar:none").load(TextEmbedder::load)).getMessage());
        assertEquals("a model's folder must be on the class path with its config.json: location='classpath:nowhere'",
                assertThrowsExactly(LanewiseException.class, () -> ModelLocation.of("classpath:nowhere"))
                        .getMessage());
    }
}
