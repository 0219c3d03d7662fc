package io.lanewise.weights;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Weights in memory are copies of what a caller has, or the arrays that he gave away. */
class CheckpointTest {

    private static float[] floats(Checkpoint checkpoint) {
        return checkpoint.find("w").orElseThrow().floats().get();
    }

    @Test
    void shouldCopyAWeight() {
        float[] values = {1, 2};
        Checkpoint checkpoint = Checkpoint.builder().weight("w", values, 1, 2).build();
        values[0] = 3;
        assertArrayEquals(new float[]{1, 2}, floats(checkpoint));
    }

    @Test
    void shouldKeepAWeightOfItsOwnWithoutACopy() {
        float[] values = {1, 2};
        assertSame(values, floats(Checkpoint.builder().ownWeight("w", values, 2).build()));
        assertEquals("a weight's shape must hold its values: name=w, shape=[3], values=2",
                assertThrows(IllegalArgumentException.class,
                        () -> Checkpoint.builder().ownWeight("w", values, 3)).getMessage());
    }
}
