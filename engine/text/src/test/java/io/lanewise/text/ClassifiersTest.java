package io.lanewise.text;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.TokenBatch;
import io.lanewise.tokenizers.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Scores are made of logits as the settings say; where they say nothing, by how many labels there are. */
    @ParameterizedTest
    @CsvSource({"'', 3, true", "single_label_classification, 3, true", "multi_label_classification, 3, false",
            "'', 1, false", "regression, 1, false", "regression, 2, false"})
    void shouldScoreAsTheSettingsSay(String problem, int labels, boolean exclusive) throws Exception {
        TinyModel.classifier(folder, "SequenceClassification", labels);
        String config = Files.readString(folder.resolve("config.json"));
        Files.writeString(folder.resolve("config.json"),
                config.replaceFirst("\\{",
                        "{\"problem_type\": " + (problem.isEmpty() ? "null" : "\"" + problem + "\"") + ", "));
        double[] logits = new double[labels];
        TokenBatch batch = new TokenBatch(1, true);
        int[] ids = Tokenizer.load(folder).ids("w1 w2");
        batch.set(new int[][]{ids}, new int[][]{new int[ids.length]}, new int[]{0}, 0, 1);
        try (Model model = Model.load(folder);
                Session session = model.newSession(SessionOptions.defaults()
                        .inputs("input_ids", "token_type_ids").outputs("logits"))) {
            FloatBuffer floats = session.runTokens(batch).floats("logits");
            for (int i = 0; i < labels; i++) {
                logits[i] = floats.get(i);
            }
        }
        double sum = java.util.Arrays.stream(logits).map(Math::exp).sum();
        try (TextClassifier classifier = TextClassifier.load(folder)) {
            List<Label> scored = classifier.classify("w1 w2");
            for (int i = 0; i < labels; i++) {
                double expected = problem.equals("regression")
                        ? logits[i]
                        : exclusive ? Math.exp(logits[i]) / sum : 1 / (1 + Math.exp(-logits[i]));
                assertEquals(expected, scored.get(i).score(), 1e-6);
            }
        }
    }

    /** Names are the folder's: two labels may share one, and each keeps its place and its score. */
    @Test
    void shouldKeepLabelsOfTheSameName() throws Exception {
        TinyModel.classifier(folder, "SequenceClassification", 3);
        List<Label> named;
        try (TextClassifier classifier = TextClassifier.load(folder)) {
            named = classifier.classify("w1 w2");
        }
        String config = Files.readString(folder.resolve("config.json"));
        Files.writeString(folder.resolve("config.json"),
                config.replaceFirst("\\{", "{\"id2label\": {\"0\": \"good\", \"1\": \"bad\", \"2\": \"good\"}, "));
        try (TextClassifier classifier = TextClassifier.load(folder)) {
            assertEquals(List.of("good", "bad", "good"), classifier.labels());
            assertEquals(named.stream().map(Label::score).toList(),
                    classifier.classify("w1 w2").stream().map(Label::score).toList());
        }
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
