package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.lanewise.text.Aggregation;
import io.lanewise.text.CrossEncoder;
import io.lanewise.text.Entity;
import io.lanewise.text.Label;
import io.lanewise.text.TextClassifier;
import io.lanewise.text.TextPair;
import io.lanewise.text.TokenClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The commands {@code rerank}, {@code classify} and {@code entities}. */
@Isolated("standard input is the JVM's")
class LabelCommandsTest {

    private static final List<String> DOCUMENTS = List.of("a bad day", "the cat sat on the mat", "Paris.");

    @TempDir
    private Path folder;

    // ---------------------------------------------------------------- rerank

    @Test
    void shouldShowTheBestDocumentFirst() throws IOException {
        Path model = TinyModel.withTokenizer("odd-rerank", folder);
        List<String> lines = Cli.run("rerank", model, "good day", DOCUMENTS.get(0), DOCUMENTS.get(1), DOCUMENTS.get(2))
                .lines();
        float[] scores;
        try (CrossEncoder reranker = CrossEncoder.load(model)) {
            scores = reranker.score("good day", DOCUMENTS);
        }
        assertEquals(3, lines.size());
        double last = Double.POSITIVE_INFINITY;
        for (String line : lines) {
            int document = DOCUMENTS.indexOf(line.substring(10));
            assertEquals(scores[document], Double.parseDouble(line.substring(0, 8).strip()), 1e-4, line);
            assertTrue(scores[document] <= last, line);
            last = scores[document];
        }
        assertEquals(lines, Cli.runOn(String.join("\n", DOCUMENTS), "rerank", model, "good day", "-").lines());
    }

    @Test
    void shouldScoreLinesInTheirOrder() throws IOException {
        Path model = TinyModel.withTokenizer("odd-rerank", folder);
        float[] scores;
        try (CrossEncoder reranker = CrossEncoder.load(model)) {
            scores = reranker.score("good day", DOCUMENTS);
        }
        String expected = "{\"score\":%s}\n{\"score\":%s}\n".formatted(scores[0], scores[2]);
        assertEquals(expected.lines().toList(),
                Cli.runOn("\"a bad day\"\n\"Paris.\"", "rerank", model, "good day", "--json").lines());
        String pairs = "[\"good day\", \"a bad day\"]\n[\"good day\", \"Paris.\"]";
        assertEquals(expected.lines().toList(), Cli.runOn(pairs, "rerank", model, "--json").lines());
        assertEquals(expected.lines().toList(), Cli.runOn(pairs, "rerank", model, "--json", "-").lines());
    }

    @Test
    void shouldRefuseToRerank() throws IOException {
        Path model = TinyModel.withTokenizer("odd-rerank", folder);
        Cli.run("rerank", model).refused("a query must be given, or --json for lines of a query and a document");
        Cli.runOn("\"a\"", "rerank", model, "--json").refused(
                "a line must be a JSON list of two strings: line=1: $ must be an array: found 'a'");
        Cli.runOn("[\"a\"]", "rerank", model, "--json").refused(
                "a line must be a JSON list of two strings: line=1: there are 1");
        Cli.run("rerank", model, "--long-texts", "average", "good", "day").refused(
                "only vectors are averaged, long texts must be truncate or refuse here: --long-texts=average");
        Path labels = TinyModel.withTokenizer("odd-sequence", folder);
        Cli.run("rerank", labels, "good", "day").refused(
                "the folder must have scores: it has [last_hidden_state, pooler_output, logits], folder=" + labels);
    }

    // ---------------------------------------------------------------- classify

    @Test
    void shouldShowTheLikeliestLabelFirst() throws IOException {
        Path model = TinyModel.withTokenizer("odd-sequence", folder);
        List<String> lines = Cli.run("classify", model, "a good day", "bad").lines();
        assertEquals(10, lines.size());
        assertEquals("a good day", lines.get(0));
        assertTrue(lines.get(1).matches("  [01]\\.\\d{4}  LABEL_[012]"), lines.get(1));
        assertTrue(lines.get(1).compareTo(lines.get(2)) > 0 && lines.get(2).compareTo(lines.get(3)) > 0,
                lines.toString());
        assertEquals("bad", lines.get(5));
    }

    @Test
    void shouldLabelTextsAndPairs() throws IOException {
        Path model = TinyModel.withTokenizer("odd-sequence", folder);
        List<String> lines = Cli.runOn("\"good\"\n[\"good\", \"day\"]\n\"bad\"", "classify", model, "--json").lines();
        try (TextClassifier classifier = TextClassifier.load(model)) {
            assertEquals(List.of(line(classifier.classify("good")),
                    line(classifier.classifyPairs(List.of(new TextPair("good", "day"))).getFirst()),
                    line(classifier.classify("bad"))), lines);
        }
    }

    /** An object's members have names of their own, even where labels have not. */
    @Test
    void shouldTellLabelsOfTheSameNameApart() throws IOException {
        Path model = TinyModel.withTokenizer("odd-sequence", folder);
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(model.resolve("config.json"), config.replaceFirst("\"id2label\": *\\{[^}]*}",
                "\"id2label\": {\"0\": \"good\", \"1\": \"bad\", \"2\": \"good\"}"));
        List<Label> labels;
        try (TextClassifier classifier = TextClassifier.load(model)) {
            labels = classifier.classify("good");
        }
        assertEquals("{\"good [0]\":%s,\"bad\":%s,\"good [2]\":%s}".formatted(labels.get(0).score(),
                labels.get(1).score(), labels.get(2).score()),
                Cli.run("classify", model, "--json", "good").lines().getFirst());
    }

    @Test
    void shouldSayWhichLineIsAtFault() throws IOException {
        Path model = TinyModel.withTokenizer("odd-sequence", folder);
        Cli.runOn("\"a\"\n[\"a\", \"day\"]\n\"a good day\"", "classify", model, "--json", "--long-texts", "refuse",
                "--max-length", 4).refused("a text must have at most 4 tokens: tokens=5, line=2");
        Cli.run("classify", model, "--long-texts", "refuse", "--max-length", 4, "a", "a good day")
                .refused("a text must have at most 4 tokens: tokens=5, texts[1]");
        Cli.run("classify", model, "--long-texts", "refuse", "--max-length", 4, "a good day")
                .refused("a text must have at most 4 tokens: tokens=5");
    }

    private static String line(List<Label> labels) {
        return labels.stream().map(label -> "\"%s\":%s".formatted(label.name(), label.score())).toList().toString()
                .replace('[', '{').replace(']', '}').replace(", ", ",");
    }

    @Test
    void shouldRefuseToClassifyWithAnEmbeddingModel() throws IOException {
        Path model = TinyModel.withTokenizer("odd", folder);
        Cli.run("classify", model, "good")
                .refused("the folder must have logits: it has [last_hidden_state, pooler_output, "
                        + "sentence_embedding], folder=" + model);
        Path tokens = TinyModel.withTokenizer("odd-token", folder);
        Cli.run("classify", tokens, "good").refused(
                "the folder must be of a sequence classification: architectures=TOKEN_CLASSIFICATION, folder="
                        + tokens);
        Cli.run("classify", model, "--long-texts", "refuse", "--max-length", 2, "good").refused(
                "the folder must have logits: it has [last_hidden_state, pooler_output, sentence_embedding], folder="
                        + model);
    }

    // ---------------------------------------------------------------- entities

    @Test
    void shouldShowSpansLabelsAndTexts() throws IOException {
        Path model = TinyModel.withTokenizer("odd-token", folder);
        String text = "Angela met Ada in Paris.";
        List<Entity> entities;
        try (TokenClassifier classifier = TokenClassifier.load(model)) {
            entities = classifier.entities(text, Aggregation.MAX);
        }
        List<String> lines = Cli.run("entities", model, "--aggregation", "max", text).lines();
        assertEquals(entities.size(), lines.size() - 1); // and an empty one
        for (int i = 0; i < entities.size(); i++) {
            Entity entity = entities.get(i);
            assertTrue(lines.get(i).matches(" *%d-%d +%s  0\\.\\d{4}  %s".formatted(entity.start(), entity.end(),
                    entity.label(), entity.text().replace(".", "\\."))), lines.get(i));
        }
    }

    @Test
    void shouldWriteAListOfEntitiesForEachLine() throws IOException {
        Path model = TinyModel.withTokenizer("odd-token", folder);
        List<Entity> entities;
        try (TokenClassifier classifier = TokenClassifier.load(model)) {
            entities = classifier.entities("Angela met Ada", Aggregation.NONE);
        }
        List<String> expected = entities.stream()
                .map(entity -> "{\"label\":\"%s\",\"score\":%s,\"start\":%d,\"end\":%d,\"text\":\"%s\"}".formatted(
                        entity.label(), entity.score(), entity.start(), entity.end(), entity.text()))
                .toList();
        List<String> lines = Cli.runOn("\"Angela met Ada\"\n\"\"", "entities", model, "--json", "--aggregation", "none")
                .lines();
        assertEquals(List.of("[" + String.join(",", expected) + "]", "[]"), lines);
    }

    @Test
    void shouldRefuseToFindEntities() throws IOException {
        Path model = TinyModel.withTokenizer("odd-token", folder);
        Cli.run("entities", model, "--aggregation", "some", "good")
                .refused("Invalid value for option '--aggregation': must "
                        + "be none or simple or first or average or max, not 'some'; see lanewise entities --help");
        Cli.run("entities", model, "--long-texts", "refuse", "--max-length", 3, "a good day")
                .refused("a text must have at most 3 tokens: tokens=5");
        Cli.runOn("good", "entities", model, "--json")
                .refused("a line must be a JSON string: line=1: malformed at line 1 column 1 path $");
    }
}
