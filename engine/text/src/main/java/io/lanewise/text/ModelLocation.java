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
    private static final String IN_JAR = "!/";
    private static final String IN_OUTER_JAR = "/!";

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
        try {
            if (folder != null) {
                return loading.apply(folder);
            }
            String url = mark.toString().substring(0, mark.toString().length() - MARK.length());
            return url.startsWith("jar:")
                    ? inJar(url.substring("jar:".length()), loading)
                    : loading.apply(Path.of(new URI(url)));
        } catch (IOException | URISyntaxException | IllegalArgumentException | FileSystemNotFoundException
                | ProviderNotFoundException | UnsupportedOperationException e) {
            throw notKnown(text, e);
        }
    }

    /** Opens {@code file:/a.jar!/folder}, or Spring Boot's {@code nested:/a.jar/!lib/b.jar!/folder}. */
    private static <T> T inJar(String url, Function<Path, T> loading) throws IOException, URISyntaxException {
        int end = url.lastIndexOf(IN_JAR);
        if (end < 0) {
            throw new IllegalArgumentException("no jar's entry");
        }
        String jar = url.substring(0, end);
        String entry = URI.create("entry:/" + url.substring(end + IN_JAR.length())).getPath().substring(1);
        if (jar.startsWith("nested:") && jar.endsWith("/")) { // a folder of the outer jar
            int outer = jar.indexOf(IN_OUTER_JAR);
            entry = jar.substring(outer + IN_OUTER_JAR.length()) + entry;
            jar = "file:" + jar.substring("nested:".length(), outer);
        }
        try (FileSystem files = FileSystems.newFileSystem(Path.of(new URI(jar)), (ClassLoader) null)) {
            return loading.apply(files.getPath(entry));
        }
    }

    /** Returns the location as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
