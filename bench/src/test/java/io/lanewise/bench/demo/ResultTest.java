package io.lanewise.bench.demo;

import io.lanewise.bench.Deviation;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ResultTest {

    @Test
    void shouldAlignWithTheHeader() {
        Result right = new Result("co-attention (lanes)", "[3, 7|12, 48]", "A B", new Deviation(3e-7, 2e-6));
        assertEquals(
                "co-attention (lanes)                        [3, 7|12, 48]        A B              3.0e-07  2.0e-06",
                right.line());
        assertEquals(Result.HEADER.length(), right.line().length());
    }

    @Test
    void shouldMarkAWrongAnswer() {
        Result wrong = new Result("co-attention", "[3, 7|12, 48]", "A B", new Deviation(3e-6, 2e-6));
        assertEquals("  WRONG", wrong.line().substring(wrong.line().length() - 7));
    }
}
