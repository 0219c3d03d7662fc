package io.lanewise.bench.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.lanewise.bench.encoders.MiniLm;
import io.lanewise.bench.encoders.Question;
import io.lanewise.bench.encoders.QuestionEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ColdTextRunTest {

    private static final int TOKENS = 12;

    @TempDir
    private Path folder;

    /** A process whose vector is another fails, and with it this. */
    @Test
    void shouldPartTheStartOfEveryLibrary() throws IOException, InterruptedException {
        Path model = folder.resolve("model");
        MiniLm.importTo(model);
        Path request = folder.resolve("question");
        Question question = Question.of(TOKENS, model);
        assertEquals(TOKENS, question.ids().length);
        question.write(request);
        Map<String, Class<?>> engines = QuestionEngine.all();
        assertEquals(List.of("lanewise", "langchain4j", "langchain4j-q", "ort"), List.copyOf(engines.keySet()));
        for (Map.Entry<String, Class<?>> engine : engines.entrySet()) {
            ColdRunTest.assertAddUp(ColdRunTest.figures(folder, ColdTextRun.class, engine.getKey(), engine.getValue(),
                    model, request), List.of("launch", "main", "open", "first-run"));
        }
    }
}
