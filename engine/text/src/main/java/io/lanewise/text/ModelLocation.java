package io.lanewise.text;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Objects;
import java.util.function.Function;

import io.lanewise.LanewiseException;

/**
 * Says where a model's folder is: on disk, in a jar, or on the class path, jars within a jar included.
 *
 * <pre>
 *   TextEmbedder embedder = ModelLocation.of("classpath:models/all-MiniLM-L6-v2").load(TextEmbedder::load);
 * </pre>
 *
 * <p>A folder on disk stays where it is and its table of words in the mapped file. What lies in a jar is read into memory; nothing is
 * unpacked, so that nothing need be writable and no older copy can be taken for the model. Immutable.
 */
public final class ModelLocation {

    private static final String CLASS_PATH = "classpath:";
    private static final String MARK = "/config.json"; // folders need not be entries of a jar

    private final String text;
    private final URL mark; // null for a folder on disk
    private final Path folder;

    private ModelLocation(String text, URL mark, Path folder) {
        this.text = text;
        this.mark = mark;
        this.folder = folder;
    }

    /** Returns the location of a folder on disk. */
    public static ModelLocation of(Path folder) {
        return new ModelLocation(folder.toString(), null, folder);
    }

    /** Returns a location; names on the class path are those of the thread's class loader. Otherwise as with a loader. */
    public static ModelLocation of(String location) {
        ClassLoader threads = Thread.currentThread().getContextClassLoader();
        return of(location, threads == null ? ModelLocation.class.getClassLoader() : threads);
    }

    /**
     * Returns a location.
     *
     * @param location a path; {@code file:} or {@code jar:} with a URL; or {@code classpath:} with a folder's name
     * @param loader whose class path is meant
     * @throws LanewiseException if it is none of these, or the class path has no such folder
     */
    public static ModelLocation of(String location, ClassLoader loader) {
        Objects.requireNonNull(location, "location");
        String name = location.strip();
        if (name.isEmpty()) {
            throw new LanewiseException("a model's location must not be empty");
        }
        try {
            if (name.startsWith(CLASS_PATH)) {
                return onClassPath(name, loader);
            }
            if (name.startsWith("file:") || name.startsWith("jar:")) {
                return new ModelLocation(name, URI.create(withoutSlash(name) + MARK).toURL(), null);
            }
            return of(Path.of(name));
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw notKnown(name, e);
        }
    }

    private static ModelLocation onClassPath(String name, ClassLoader loader) {
        String folder = withoutSlash(name.substring(CLASS_PATH.length()));
        URL mark = loader.getResource((folder.startsWith("/") ? folder.substring(1) : folder) + MARK);
        if (mark == null) {
            throw new LanewiseException("a model's folder must be on the class path with its config.json: location="
                    + LanewiseException.quote(name));
        }
        return new ModelLocation(name, mark, null);
    }

    private static String withoutSlash(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static LanewiseException notKnown(String location, Exception cause) {
        return new LanewiseException(
                "a model's location must be a path, or begin with classpath:, file: or jar: and name a folder: location="
                        + LanewiseException.quote(location),
                cause);
    }

    /**
     * Loads what is there.
     *
     * @param loading makes a model of a folder, such as {@code TextEmbedder::load}; the folder may be gone when it has returned
     * @return what {@code loading} returns
     * @throws LanewiseException if the location cannot be opened; also what {@code loading} throws
     */
    public <T> T load(Function<Path, T> loading) {
        try (Opened opened = open()) {
            return loading.apply(opened.folder);
        }
    }

    /** A folder, and the file system of the jar that it lies in, or null. */
    private record Opened(Path folder, FileSystem jar) implements AutoCloseable {

        @Override
        public void close() {
            if (jar != null) {
                try {
                    jar.close();
                } catch (IOException e) {
                    return; // what was loaded has been read, and nobody could close it
                }
            }
        }
    }

    private Opened open() {
        if (folder != null) {
            return new Opened(folder, null);
        }
        String url = mark.toString().substring(0, mark.toString().length() - MARK.length());
        try {
            return url.startsWith("jar:")
                    ? inJar(JarFolder.of(url.substring("jar:".length())))
                    : new Opened(Path.of(new URI(url)), null);
        } catch (IOException | URISyntaxException | IllegalArgumentException | FileSystemNotFoundException
                | ProviderNotFoundException | UnsupportedOperationException e) {
            throw notKnown(text, e);
        }
    }

    private static Opened inJar(JarFolder place) throws IOException {
        FileSystem jar = FileSystems.newFileSystem(Path.of(place.jar()), (ClassLoader) null);
        try {
            return new Opened(jar.getPath(place.path()), jar);
        } catch (RuntimeException | Error refused) {
            jar.close();
            throw refused;
        }
    }

    /** Returns what the folder is called: the last part of the location. */
    public String name() {
        return name(text);
    }

    /** Returns what a folder is called that need not be there; otherwise as {@link #name()}. */
    public static String name(String location) {
        String text = location.strip();
        int end = text.length();
        while (end > 0 && isSeparator(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && !isSeparator(text.charAt(start - 1))) {
            start--;
        }
        return end == 0 ? text : text.substring(start, end);
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\' || c == ':';
    }

    /** Returns the location as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
