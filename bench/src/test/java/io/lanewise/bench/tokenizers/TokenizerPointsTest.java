package io.lanewise.bench.tokenizers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.bench.rounds.Point;
import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TokenizerPointsTest {

    @TempDir
    private Path folder;

    private static List<Point> points() {
        return TokenizerPoints.all();
    }

    /** Setting up compares Lanewise with the peer, where this build has it. */
    @ParameterizedTest
    @MethodSource("points")
    void shouldSetUpTokenizersThatAgree(Point point) {
        try (Setup setup = point.setup().get()) {
            List<String> names = setup.subjects().stream().map(Subject::name).toList();
            assertEquals("lanewise", names.getFirst());
            assertEquals(point.params().containsKey("against"), names.contains(point.params().get("against")));
            setup.subjects().forEach(subject -> subject.work().run());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveSentencesOfTenToFortyWords(Sentences sentences) {
        assertEquals(24, sentences.read().size());
        for (String sentence : sentences.read()) {
            int words = sentence.split(" ").length;
            boolean spaced = sentences == Sentences.ENGLISH || words > 5; // Chinese, Japanese and Thai have few spaces
            assertTrue(!spaced || words >= 10 && words <= 40, words + " words: " + sentence);
        }
    }

    @Test
    void shouldReadTheTypeOfAModel() throws IOException {
        Files.writeString(folder.resolve("small.json"), """
                {"version": "1.0", "added_tokens": [{"model": {"type": "no"}}], "model": {"dropout": {"type": "no"},
                 "type": "BPE", "vocab": {"type": 1}}}""");
        Files.writeString(folder.resolve("notes.txt"), "no tokenizer");
        assertEquals(List.of(new TokenizerSource("small", "bpe", folder.resolve("small.json"))),
                TokenizerSource.of(folder));
    }
}
