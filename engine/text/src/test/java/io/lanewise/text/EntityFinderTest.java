package io.lanewise.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Entities of labelled tokens: one word is one letter here, and a piece that goes on with it is written small. */
class EntityFinderTest {

    private static final String TEXT = "A B C D E F";

    /** Labels each letter of the text, with a score of 0.8 for the label and the rest for the others. */
    private static EntityFinder finder(List<String> labels, Aggregation aggregation) {
        return new EntityFinder(labels, Tag.of(labels), aggregation);
    }

    private static List<Entity> find(List<String> labels, Aggregation aggregation, String... ofTokens) {
        List<LabelledToken> tokens = new ArrayList<>();
        for (int i = 0; i < ofTokens.length; i++) {
            double[] scores = new double[labels.size()];
            Arrays.fill(scores, 0.2 / (labels.size() - 1));
            scores[labels.indexOf(ofTokens[i])] = 0.8;
            tokens.add(new LabelledToken(2 * i, 2 * i + 1, false, scores));
        }
        return finder(labels, aggregation).find(TEXT, tokens);
    }

    private static String told(List<Entity> entities) {
        return entities.stream().map(entity -> entity.label() + "=" + entity.text()).collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            B-PER I-PER O B-LOC I-LOC I-LOC | PER=A B; LOC=D E F
            B-PER B-PER I-PER I-LOC O I-LOC | PER=A; PER=B C; LOC=D; LOC=F
            I-PER I-PER B-PER O O O         | PER=A B; PER=C
            O O O O O O                     | ''
            """)
    void shouldJoinTokensByBeginningAndInside(String tokens, String expected) {
        List<String> labels = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC");
        assertEquals(expected.replace("''", ""), told(find(labels, Aggregation.SIMPLE, tokens.split(" +"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            B-PER I-PER E-PER S-PER O S-LOC | PER=A B C; PER=D; LOC=F
            B-PER E-PER I-PER E-PER S-LOC O | PER=A B; PER=C D; LOC=E
            """)
    void shouldEndEntitiesWhereLabelsSayThatTheyEnd(String tokens, String expected) {
        List<String> labels = List.of("O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "S-LOC");
        assertEquals(expected, told(find(labels, Aggregation.SIMPLE, tokens.split(" +"))));
        List<String> other = labels.stream().map(label -> label.replace("E-", "L-").replace("S-", "U-")).toList();
        assertEquals(expected, told(find(other, Aggregation.SIMPLE,
                tokens.replace("E-", "L-").replace("S-", "U-").split(" +"))));
    }

    /** Letters before a dash mean something only where there are the others, too. */
    @Test
    void shouldTakeOtherLabelsAsTheyAre() {
        List<String> labels = List.of("O", "E-MAIL", "S-IDE", "NAME");
        assertEquals("E-MAIL=A B; S-IDE=C; NAME=D; E-MAIL=F",
                told(find(labels, Aggregation.SIMPLE, "E-MAIL", "E-MAIL", "S-IDE", "NAME", "O", "E-MAIL")));
    }

    @Test
    void shouldLeaveLabelsAsTheyAreWhereNothingIsJoined() {
        List<String> labels = List.of("O", "B-PER", "I-PER");
        assertEquals("B-PER=A; I-PER=B", told(find(labels, Aggregation.NONE, "B-PER", "I-PER", "O")));
    }

    /** Means are of a label by its number, not of all labels of its name; what is joined goes by the name. */
    @Test
    void shouldNotAddUpLabelsOfTheSameName() {
        List<String> labels = List.of("PER", "LOC", "PER");
        List<LabelledToken> word = List.of(new LabelledToken(0, 1, false, new double[]{0.30, 0.40, 0.30}),
                new LabelledToken(2, 3, true, new double[]{0.35, 0.40, 0.25}));
        List<Entity> average = finder(labels, Aggregation.AVERAGE).find(TEXT, word);
        assertEquals("LOC=A B", told(average));
        assertEquals(0.40f, average.getFirst().score());
        List<LabelledToken> tokens = List.of(new LabelledToken(0, 1, false, new double[]{0.6, 0.2, 0.2}),
                new LabelledToken(2, 3, false, new double[]{0.2, 0.1, 0.7}));
        assertEquals("PER=A B", told(finder(labels, Aggregation.SIMPLE).find(TEXT, tokens)));
    }

    @ParameterizedTest
    @CsvSource({"FIRST, PER, 0.5", "MAX, LOC, 0.9", "AVERAGE, LOC, 0.65"})
    void shouldLabelAWordAsItsTokensSay(Aggregation aggregation, String label, float score) {
        List<LabelledToken> word = List.of(new LabelledToken(0, 1, false, new double[]{0.1, 0.5, 0.4}),
                new LabelledToken(1, 3, true, new double[]{0.05, 0.05, 0.9}));
        List<Entity> entities = finder(List.of("O", "PER", "LOC"), aggregation).find(TEXT, word);
        assertEquals(1, entities.size());
        assertEquals(label, entities.getFirst().label());
        assertEquals(score, entities.getFirst().score(), 1e-6f);
        assertEquals("A B", entities.getFirst().text());
    }
}
