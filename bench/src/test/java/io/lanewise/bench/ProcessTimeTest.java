package io.lanewise.bench;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ProcessTimeTest {

    @Test
    void shouldAddUpUserAndSystem() {
        assertEquals(12_340_000_000.0, ProcessTime
                .in("77 (a name) with) S 1 77 77 0 -1 4194304 9 0 0 0 1200 34 5 6 20 0 1 0 8 9 10"));
    }
}
