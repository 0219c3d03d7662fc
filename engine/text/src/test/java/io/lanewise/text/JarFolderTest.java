package io.lanewise.text;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

/** What class loaders, Spring Boot's among them, call a folder of a jar. */
class JarFolderTest {

    @ParameterizedTest
    @CsvSource({"file:/a.jar!/models/x, file:/a.jar, models/x", "file:/a.jar!//models/x, file:/a.jar, models/x",
            "file:/a.jar!///models/x, file:/a.jar, models/x", "file:/a.jar!/models/x%20y%21, file:/a.jar, models/x y!",
            "file:/a.jar!/models/wow!/x, file:/a.jar, models/wow!/x",
            "nested:/a.jar/!lib/b.jar!/models/x, nested:/a.jar/!lib/b.jar, models/x",
            "nested:/a.jar/!lib/b.jar!//models/wow!/x, nested:/a.jar/!lib/b.jar, models/wow!/x",
            "nested:/a.jar!/models/x, nested:/a.jar, models/x",
            "nested:/a.jar/!BOOT-INF/classes/!/models/x, file:/a.jar, BOOT-INF/classes/models/x",
            "nested:/a.jar/!BOOT-INF/classes/!//models/!x, file:/a.jar, BOOT-INF/classes/models/!x",
            "nested:/a.jar/!/classes/!/models/x, file:/a.jar, classes/models/x",
            "nested:/!apps/a.jar/!BOOT-INF/classes/!/models/x, file:/!apps/a.jar, BOOT-INF/classes/models/x"})
    void shouldReadUrls(String url, URI jar, String path) throws URISyntaxException {
        assertEquals(new JarFolder(jar, path), JarFolder.of(url));
    }

    @Test
    void shouldTakeForTheJarWhatIsAFile(@TempDir Path temp) throws IOException, URISyntaxException {
        Path jar = Files.createFile(Files.createDirectory(temp.resolve("wow!")).resolve("a.jar"));
        assertEquals(new JarFolder(jar.toUri(), "models/odd!/x"), JarFolder.of(jar.toUri() + "!/models/odd!/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "file:/a.jar", "file:/a.jar!", "nested:", "nested:/a.jar/!/models", "nested:/a/!/",
            "nested:/a.jar/!lib/b.jar", "file:/a.jar!/x?y", "file:/a.jar!/x#y"})
    void shouldRefuseWhatNamesNoFolder(String url) {
        assertThrowsExactly(IllegalArgumentException.class, () -> JarFolder.of(url));
    }
}
