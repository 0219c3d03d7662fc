package io.lanewise.langchain4j;

import java.io.IOException;
import java.nio.file.Path;

import io.lanewise.adapters.Readme;
import org.junit.jupiter.api.Test;

/** What the README shows for LangChain4j is what compiles. */
class ReadmeTest {

    @Test
    void shouldShowAnExampleThatCompiles() throws IOException {
        Readme.requireShown("LangChain4j", Path.of("src/test/java/io/lanewise/langchain4j/ReadmeExample.java"));
    }
}
