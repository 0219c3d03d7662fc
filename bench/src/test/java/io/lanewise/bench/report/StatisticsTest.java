package io.lanewise.bench.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class StatisticsTest {

    @Test
    void shouldTakeTheMiddleValue() {
        assertEquals(3, Statistics.median(List.of(9.0, 1.0, 3.0)));
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddle() {
        assertEquals(2.5, Statistics.median(List.of(4.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void shouldRefuseTheMedianOfNothing() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
        assertEquals("a median must have values: values=0", refusal.getMessage());
    }

    @Test
    void shouldTakeTheExtremes() {
        assertEquals(1, Statistics.minimum(List.of(4.0, 1.0, 2.0)));
        assertEquals(4, Statistics.maximum(List.of(1.0, 4.0, 2.0)));
    }

    @Test
    void shouldTakeTheGeometricMean() {
        assertEquals(4, Statistics.geometricMean(List.of(2.0, 8.0)), 1e-12);
    }
}
