package io.lanewise.bench.soak;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MemoryTrendTest {

    private static final double MEBIBYTE = 1 << 20;

    @Test
    void shouldFindTheLineAndTheNoiseAboutIt() {
        MemoryTrend trend = new MemoryTrend(1, 0, 2);
        assertEquals(0.5, trend.slope(), 1e-9);
        assertEquals(1, trend.growth(), 1e-9);
        assertEquals(1.5, trend.noise(), 1e-9);
    }

    @Test
    void shouldCallWhatScattersFlat() {
        assertTrue(new MemoryTrend(300 * MEBIBYTE, 340 * MEBIBYTE, 301 * MEBIBYTE, 341 * MEBIBYTE).isFlat());
    }

    @Test
    void shouldNotCallAnEvenRiseFlat() {
        assertFalse(new MemoryTrend(300 * MEBIBYTE, 301 * MEBIBYTE, 302 * MEBIBYTE, 303 * MEBIBYTE).isFlat());
    }

    @Test
    void shouldCallASampleAloneFlat() {
        assertTrue(new MemoryTrend(300 * MEBIBYTE).isFlat());
    }
}
