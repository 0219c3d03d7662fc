package io.lanewise.spark;

import java.io.Serializable;
import java.nio.file.Path;

import io.lanewise.text.ModelLocation;
import org.apache.spark.SparkFiles;

/**
 * Where executors find a model's folder.
 *
 * @param location as with {@link ModelLocation}, or {@code files:NAME} for what came by {@code --files} or {@code --archives}
 */
record ModelFiles(String location) implements Serializable {

    private static final String FILES = "files:";

    /** Returns the location on the executor that asks. */
    ModelLocation here() {
        return location.startsWith(FILES)
                ? ModelLocation.of(Path.of(SparkFiles.get(location.substring(FILES.length()))))
                : ModelLocation.of(location);
    }
}
