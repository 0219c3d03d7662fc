package io.lanewise.bench.service;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PeakMemoryTest {

    @Test
    void shouldReadKibibytes() {
        assertEquals(2048 * 1024, PeakMemory.in("Name:\tjava\nVmPeak:\t    9999 kB\nVmHWM:\t    2048 kB\n"));
    }

    @Test
    void shouldNotInventWhatIsNotThere() {
        assertEquals(Double.NaN, PeakMemory.in("Name:\tjava\n"));
    }
}
