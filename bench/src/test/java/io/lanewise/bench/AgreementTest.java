package io.lanewise.bench;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class AgreementTest {

    @Test
    void shouldAllowADifferenceRelativeToTheLargestCell() {
        assertDoesNotThrow(() -> Agreement.require("sums", new float[]{1, 100}, new float[]{1.5f, 100}, 0.01));
    }

    @Test
    void shouldNameTheWorstCell() {
        Exception refusal = assertThrows(IllegalStateException.class,
                () -> Agreement.require("sums", new float[]{1, 2, 4}, new float[]{1, 3, 4}, 0.125));
        assertEquals("what is timed must agree: sums, worst cell=1, expected=2.0, actual=3.0, allowed difference=0.5",
                refusal.getMessage());
    }

    @Test
    void shouldRefuseNaN() {
        assertThrows(IllegalStateException.class,
                () -> Agreement.require("sums", new float[]{1, 2}, new float[]{Float.NaN, 2}, 1));
    }
}
