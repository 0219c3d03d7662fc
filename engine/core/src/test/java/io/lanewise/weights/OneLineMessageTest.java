package io.lanewise.weights;

import io.lanewise.LanewiseException;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

class OneLineMessageTest {
    @Test
    void shouldKeepAnOrdinaryMessage() {
        assertEquals("shape must be positive: tensor='größe 😀'",
                new LanewiseException("shape must be positive: tensor='größe 😀'").getMessage());
    }

    @Test
    void shouldEscapeWhatBreaksOrHidesALine() {
        final String hostile = "a\nb\r\t\u001b[31m\u0085\u2028\u2029\u202e\ud800z";
        assertEquals("a\\u000ab\\u000d\\u0009\\u001b[31m\\u0085\\u2028\\u2029\\u202e\\ud800z",
                new WeightFileException(hostile).getMessage());
    }

    @Test
    void shouldCutLongNames() {
        assertEquals("'" + "x".repeat(80) + "'", LanewiseException.quote("x".repeat(80)));
        assertEquals("'" + "x".repeat(80) + "...'", LanewiseException.quote("x".repeat(81)));
        assertEquals("'" + "\\u000a".repeat(13) + "...'", LanewiseException.quote("\n".repeat(1_000)));
    }

    @Test
    void shouldNotCutThroughASurrogatePair() {
        assertEquals("'" + "x".repeat(79) + "...'", LanewiseException.quote("x".repeat(79) + "😀😀"));
    }

    @Test
    void shouldKeepTheCause() {
        final Throwable cause = new IllegalStateException("why");
        assertSame(cause, new WeightFileException("rule", cause).getCause());
    }
}
