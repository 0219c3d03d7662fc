package io.lanewise.bench.encoders;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

class QuestionTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        Question question = new Question("Why, and \u00e0 qui?", new int[]{101, 7, 102}, new float[]{0.1f, -1e-9f});
        question.write(folder.resolve("question"));
        Question read = Question.read(folder.resolve("question"));
        assertEquals(question.text(), read.text());
        assertArrayEquals(question.ids(), read.ids());
        assertArrayEquals(question.vector(), read.vector());
    }
}
