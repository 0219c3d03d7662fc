package io.lanewise.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of a jar, told from what class loaders call it: {@code file:/a.jar!/folder}, or Spring Boot's
 * {@code nested:/a.jar/!lib/b.jar!/folder} of a jar in a jar and {@code nested:/a.jar/!classes/!/folder} of a folder in it.
 *
 * @param jar where the jar is
 * @param path the folder's path in it, decoded
 */
record JarFolder(URI jar, String path) {

    private static final String NESTED = "nested:";
    private static final String IN_JAR = "!/";
    private static final String IN_OUTER_JAR = "/!";

    /**
     * Reads a URL.
     *
     * @param url without its {@code jar:}
     * @throws IllegalArgumentException if it names no folder of a jar
     */
    static JarFolder of(String url) throws URISyntaxException {
        boolean isNested = url.startsWith(NESTED);
        int end = isNested
                ? url.indexOf(IN_JAR, url.indexOf(IN_OUTER_JAR) + IN_OUTER_JAR.length())
                : endOfFile(url);
        if (end < 0) {
            throw new IllegalArgumentException("no jar's entry");
        }
        String jar = url.substring(0, end);
        String path = decoded(url.substring(end + IN_JAR.length()));
        if (!isNested || !jar.endsWith("/")) {
            return new JarFolder(new URI(jar), path);
        }
        int outer = jar.lastIndexOf(IN_OUTER_JAR); // the last, as Boot has it: folders on disk may begin with a mark, too
        if (outer < 0) {
            throw new IllegalArgumentException("no folder of an outer jar");
        }
        return new JarFolder(new URI("file:" + jar.substring(NESTED.length(), outer)),
                withoutFirstSlashes(jar.substring(outer + IN_OUTER_JAR.length())) + path);
    }

    /** Folders may be called {@code wow!}, on disk as well as in a jar: the jar is the first that is a file. */
    private static int endOfFile(String url) throws URISyntaxException {
        int first = url.indexOf(IN_JAR);
        for (int end = first; end >= 0; end = url.indexOf(IN_JAR, end + 1)) {
            if (Files.isRegularFile(Path.of(new URI(url.substring(0, end))))) {
                return end;
            }
        }
        return first;
    }

    private static String decoded(String path) {
        URI uri = URI.create("entry:/" + withoutFirstSlashes(path)); // two in a row would begin a host
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a query of a jar's entry");
        }
        return uri.getPath().substring(1);
    }

    private static String withoutFirstSlashes(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return path.substring(start);
    }
}
