package io.lanewise.bench.demo;

import io.lanewise.bench.Deviation;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ResultTest {

    @Test
    void shouldAlignWithTheHeader() {
        Result right = new Result("co-attention (lanes)", "[3, 7|12, 48]", "A B", new Deviation(3e-7, 2e-6), 2_500_000,
                100_000);
        assertEquals(
                "co-attention (lanes)                        [3, 7|12, 48]        A B              3.0e-07  2.0e-06"
                        + "     2.5 ms   100.0 µs    25.0×",
                right.line());
        assertEquals(Result.HEADER.length(), right.line().length());
    }

    @Test
    void shouldMarkAWrongAnswer() {
        Result wrong = new Result("co-attention", "[3, 7|12, 48]", "A B", new Deviation(3e-6, 2e-6), 2_000_000_000, 1);
        assertTrue(wrong.line().contains(" 2.00 s "), wrong.line());
        assertEquals("  WRONG", wrong.line().substring(wrong.line().length() - 7));
    }
}
