package io.lanewise.bench.demo;

import io.lanewise.bench.Deviation;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TimedResultTest {

    private static TimedResult result(double error, String name, long naiveNanos, long planNanos) {
        return new TimedResult(new Result(name, "[3, 7|12, 48]", "A B", new Deviation(error, 2e-6)), naiveNanos,
                planNanos);
    }

    @Test
    void shouldAlignWithTheHeader() {
        TimedResult right = result(3e-7, "co-attention (lanes)", 2_500_000, 100_000);
        assertEquals(
                "co-attention (lanes)                        [3, 7|12, 48]        A B              3.0e-07  2.0e-06"
                        + "     2.5 ms   100.0 µs    25.0×",
                right.line());
        assertEquals(TimedResult.HEADER.length(), right.line().length());
    }

    @Test
    void shouldShowNoTimesWhereThereAreNone() {
        String line = TimedResult.untimed(result(0, "padding-masks", 1, 1).result()).line();
        assertEquals("          –          –        –", line.substring(Result.HEADER.length()));
    }

    @Test
    void shouldMarkAWrongAnswer() {
        TimedResult wrong = result(3e-6, "co-attention", 2_000_000_000, 1);
        assertTrue(wrong.line().contains(" 2.00 s "), wrong.line());
        assertEquals("  WRONG", wrong.line().substring(wrong.line().length() - 7));
    }
}
