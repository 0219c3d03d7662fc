package io.lanewise.weights;

import java.util.List;

import org.junit.jupiter.api.Test;

import static io.lanewise.Thrown.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Weights named one by one: what is read, what is passed over, and what is refused. */
class NamedWeightsTest {

    private static final List<Long> MATRIX = List.of(2L, 1L);

    private static NamedWeights weights(String... names) {
        Checkpoint.Builder checkpoint = Checkpoint.builder();
        for (String name : names) {
            checkpoint.weight(name, new float[]{1, 2}, 2, 1);
        }
        return new NamedWeights(checkpoint.build());
    }

    @Test
    void shouldReadAWeightInEitherShape() {
        assertArrayEquals(new float[]{1, 2}, weights("w").floats("w", MATRIX, MATRIX));
        assertArrayEquals(new float[]{1, 2}, weights("w").floats("w", List.of(2L), MATRIX));
        assertRefused("weight must be F32 (or F16, BF16) [2]: w is F32 [2, 1]",
                () -> weights("w").floats("w", List.of(2L), List.of(2L)));
    }

    @Test
    void shouldSayWhichWeightIsMissing() {
        assertRefused("weight must be there: missing w, expected F32 [2, 1], in memory",
                () -> weights("v").floats("w", MATRIX, MATRIX));
        assertRefused("weight must be there: missing w, expected a matrix, in memory", () -> weights("v").size("w", 0));
    }

    @Test
    void shouldTellSizes() {
        assertEquals(2, weights("w").size("w", 0));
        assertRefused("weight must be a matrix: w is F32 [2, 1]", () -> weights("w").size("w", 2));
    }

    @Test
    void shouldCountPartsUpToTheFirstThatIsMissing() {
        NamedWeights weights = weights("layer.0.w", "layer.1.a.b", "layer.3.w", "layer.2", "other.2.w");
        assertEquals(2, weights.parts("layer"));
        assertEquals(0, weights.parts("encoder.layer"));
    }

    @Test
    void shouldRefuseWhatNobodyNamed() {
        NamedWeights weights = weights("read", "ignored", "left");
        weights.floats("read", MATRIX, MATRIX);
        weights.ignore("ignored");
        assertTrue(weights.has("left"));
        assertFalse(weights.has("right"));
        assertRefused("bert has no weight of this name: left is F32 [2, 1], in memory",
                () -> weights.refuseLeftovers("bert"));
        weights.ignore("left");
        weights.refuseLeftovers("bert");
    }
}
