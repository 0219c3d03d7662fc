package io.lanewise.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lanewise.LanewiseException;
import io.lanewise.fuzz.FuzzedFile;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Hands over locations that are nearly right, and any strings: each names a folder or is refused in one line. */
class ModelLocationFuzz {

    private static final Path JAR = jar();

    /** Beginnings of which most can be opened, and {@code nested:}, which is known to nobody but Spring Boot. */
    private static final List<String> BEGINNINGS = List.of("", "classpath:", "file:", "file:///", "jar:", "jar:file:",
            JAR.getParent().toString(), JAR.getParent().toUri().toString(), JAR.toUri().toString(),
            "jar:" + JAR.toUri(), "jar:" + JAR.toUri() + "!/", "jar:" + JAR.toUri() + "!/models/a%20b/",
            "jar:nested:" + JAR + "/!BOOT-INF/classes/!/", "jar:nested:" + JAR + "/!");

    private static Path jar() {
        try {
            Path folder = Files.createTempDirectory("fuzzed!");
            Path jar = folder.resolve("a.jar");
            try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("models/a b/config.json"));
            }
            folder.toFile().deleteOnExit(); // what is named last goes first
            jar.toFile().deleteOnExit();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Timeout(FuzzedFile.HANG_SECONDS)
    @DictionaryEntries({"!/", "/!", "!//", "/!BOOT-INF/classes/!/", "%2F", "%00", "%zz", "..", "//", "models/a%20b",
            "?", "#", "jar:", "nested:", "classpath:", "\\"})
    @FuzzTest
    void shouldNameAFolderOrBeRefused(FuzzedDataProvider data) {
        String location = data.pickValue(BEGINNINGS) + data.consumeRemainingAsString();
        FuzzedFile.requireCheap(mostBytes(location), () -> {
            requireJarsFolder(location);
            requireOneLine(location);
        });
    }

    /** What may be a jar is looked for at each of its marks. */
    private static long mostBytes(String location) {
        long marks = 1 + location.chars().filter(c -> c == '!').count();
        return (1 << 20) + marks * (4096 + 64L * location.length());
    }

    private static void requireOneLine(String location) {
        try {
            ModelLocation known = ModelLocation.of(location);
            assertFalse(known.toString().isEmpty(), location);
            assertFalse(known.name().isEmpty(), location);
            known.load(folder -> Files.isDirectory(folder));
        } catch (LanewiseException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }

    /** Without Spring Boot, the JDK makes no URL of {@code nested:}. */
    private static void requireJarsFolder(String location) {
        String url = location.startsWith("jar:") ? location.substring("jar:".length()) : location;
        try {
            JarFolder folder = JarFolder.of(url);
            assertFalse(folder.path().startsWith("/") && !url.contains("%"), url);
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException refused) {
            return; // ModelLocation says it in its own words
        }
    }
}
