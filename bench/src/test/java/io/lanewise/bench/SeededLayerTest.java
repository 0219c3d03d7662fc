package io.lanewise.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every kind of layer with seeded weights: it loads, and the plan agrees with the double reference. */
class SeededLayerTest {

    private static final LayerSizes SMALL = new LayerSizes(32, 4, 48, 2, 5, 9);
    private static final int SAMPLES = 3;

    static Stream<Arguments> layersAndLengths() {
        return SeededLayer.all(SMALL).stream()
                .flatMap(layer -> Stream.of(RowLengths.values()).map(lengths -> Arguments.of(layer, lengths)));
    }

    static List<SeededLayer> layers() {
        return SeededLayer.all(SMALL);
    }

    @ParameterizedTest
    @MethodSource("layersAndLengths")
    void shouldAgreeWithTheReference(SeededLayer layer, RowLengths lengths) {
        PaddedBatch batch = layer.batch(SAMPLES, lengths, 7);
        try (Model model = layer.model(11); Session session = model.newSession(batch.sessionOptions())) {
            ExpectedAnswer expected = ExpectedAnswer.ofReference(model.graph(batch.names()), batch);
            Deviation deviation = expected.deviation(session.run(batch.forSession()));
            assertFalse(deviation.isWrong(), layer.kind().name() + ": " + deviation);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void shouldAnswerTheFirstSamplesTheSameInALargerBatch(SeededLayer layer) {
        PaddedBatch batch = layer.batch(SAMPLES, RowLengths.REAL, 7);
        PaddedBatch few = batch.first(2);
        try (Model model = layer.model(11); Session session = model.newSession(batch.sessionOptions())) {
            ExpectedAnswer expected = ExpectedAnswer.ofReference(model.graph(batch.names()), few);
            assertFalse(expected.deviation(session.run(few.forSession())).isWrong(), layer.kind().name());
            if (layer.samplesAreIndependent()) {
                assertFalse(expected.deviation(session.run(batch.forSession())).isWrong(), layer.kind().name());
            }
        }
    }

    @Test
    void shouldMakeEveryKind() {
        assertEquals(LayerKinds.attention(), layers().stream().map(SeededLayer::kind).toList());
    }

    @Test
    void shouldMakeTheSameNumbersFromTheSameSeed() {
        SeededLayer layer = new SeededLayer(LayerKinds.of("co-attention"), SMALL);
        PaddedInput video = layer.batch(SAMPLES, RowLengths.REAL, 7).inputs().getLast();
        PaddedInput again = layer.batch(SAMPLES, RowLengths.REAL, 7).inputs().getLast();
        PaddedInput other = layer.batch(SAMPLES, RowLengths.REAL, 8).inputs().getLast();
        assertArrayEquals(video.values(), again.values());
        assertArrayEquals(video.lengths(), again.lengths());
        assertFalse(Arrays.equals(video.values(), other.values()));
    }

    @Test
    void shouldDrawRealLengthsFromTheStatedRange() {
        SeededLayer layer = new SeededLayer(LayerKinds.of("padding-masks"), new LayerSizes(1, 1, 1, 1, 15, 80));
        PaddedBatch batch = layer.batch(2000, RowLengths.REAL, 7);
        assertEquals("6 to 15", range(batch.inputs().getFirst()));
        assertEquals("16 to 80", range(batch.inputs().getLast()));
    }

    private static String range(PaddedInput input) {
        return Arrays.stream(input.lengths()).min().orElseThrow() + " to "
                + Arrays.stream(input.lengths()).max().orElseThrow();
    }

    @Test
    void shouldZeroWhatIsPadding() {
        SeededLayer layer = new SeededLayer(LayerKinds.of("scaled-dot-product-attention"), SMALL);
        PaddedBatch batch = layer.batch(SAMPLES, RowLengths.REAL, 7);
        int[] keyLengths = batch.inputs().get(1).lengths();
        PaddedInput value = batch.inputs().get(2);
        assertEquals(0, value.lengths().length, "a value's padding is told by its key");
        for (int row = 0; row < SAMPLES * value.rows(); row++) {
            boolean isPadding = row % value.rows() >= keyLengths[row / value.rows()];
            float[] features = Arrays.copyOfRange(value.values(), row * value.features(), (row + 1) * value.features());
            assertEquals(isPadding, Arrays.equals(features, new float[value.features()]), "row " + row);
        }
        assertTrue(Arrays.stream(keyLengths).anyMatch(length -> length < value.rows()), "some padding");
    }

    @Test
    void shouldDescribeShapes() {
        SeededLayer layer = new SeededLayer(LayerKinds.of("co-attention"), SMALL);
        assertEquals("[3, 5|9, 32]", layer.batch(SAMPLES, RowLengths.FULL, 7).describe());
    }
}
