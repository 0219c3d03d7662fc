package io.lanewise.bench.demo;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PassLegendTest {

    private static final List<String> ATTENTION = List.of("linear", "linear", "scores", "softmax", "context");
    private static final List<String> ROWS = List.of("linear", "add");

    private final PassLegend legend = new PassLegend();

    @Test
    void shouldGiveTheSamePassTheSameLetter() {
        assertEquals("A B", legend.letters(List.of(ATTENTION, ROWS)));
        assertEquals("B", legend.letters(List.of(ROWS)));
        assertEquals(List.of("  A  2 × linear, scores, softmax, context", "  B  linear, add"), legend.lines());
    }

    @Test
    void shouldWriteAStackShort() {
        assertEquals("2(A B)", legend.letters(List.of(ATTENTION, ROWS, ATTENTION, ROWS)));
        assertEquals("3(B A) B", legend.letters(List.of(ROWS, ATTENTION, ROWS, ATTENTION, ROWS, ATTENTION, ROWS)));
        assertEquals("A A", legend.letters(List.of(ATTENTION, ATTENTION)));
        assertEquals("-", legend.letters(List.of()));
    }
}
