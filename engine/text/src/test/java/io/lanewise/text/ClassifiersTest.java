package io.lanewise.text;

import java.nio.file.Path;
import java.util.List;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Labels of texts and of their tokens. */
class ClassifiersTest {

    @TempDir
    private Path folder;

    @Test
    void shouldGiveEachTextProbabilitiesOfAllLabels() {
        TinyModel.classifier(folder, "SequenceClassification", 3);
        try (TextClassifier classifier = TextClassifier.load(folder)) {
            assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), classifier.labels());
            List<List<Label>> all = classifier.classify(List.of("w1 w2", "w3"));
            assertEquals(classifier.classify("w3"), all.get(1));
            assertEquals(1, all.getFirst().stream().mapToDouble(Label::score).sum(), 1e-6);
            assertEquals(1, classifier.classifyPairs(List.of(new TextPair("w1", "w2"))).size());
        }
        assertThrowsExactly(LanewiseException.class, () -> TokenClassifier.load(folder));
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void shouldFindPartsOfTheTextItself(Aggregation aggregation) {
        TinyModel.classifier(folder, "TokenClassification", 3);
        String text = "  w1 w2, \ud83d\ude00 w3 w40 " + TinyModel.words(5, 30);
        try (TokenClassifier classifier = TokenClassifier.load(folder)) {
            List<Entity> entities = classifier.entities(text, aggregation);
            assertTrue(!entities.isEmpty());
            int end = 0;
            for (Entity entity : entities) {
                assertTrue(entity.start() >= end && entity.end() > entity.start(), entity.toString());
                assertEquals(text.substring(entity.start(), entity.end()), entity.text());
                assertTrue(entity.score() > 0 && entity.score() <= 1, entity.toString());
                end = entity.end();
            }
        }
        assertThrowsExactly(LanewiseException.class, () -> TextClassifier.load(folder));
    }
}
