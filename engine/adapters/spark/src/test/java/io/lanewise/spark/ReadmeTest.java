package io.lanewise.spark;

import java.io.IOException;
import java.nio.file.Path;

import io.lanewise.adapters.Readme;
import org.junit.jupiter.api.Test;

/** What the README shows for Spark is what compiles. */
class ReadmeTest {

    @Test
    void shouldShowAnExampleThatCompiles() throws IOException {
        Readme.requireShown("Spark", Path.of("src/test/java/io/lanewise/spark/ReadmeExample.java"));
    }
}
