package io.lanewise.bench;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ProcessMemoryTest {

    @Test
    void shouldReadKibibytes() {
        assertEquals(2048 * 1024,
                ProcessMemory.in("Name:\tjava\nVmPeak:\t    9999 kB\nVmHWM:\t    2048 kB\n", ProcessMemory.PEAK));
    }

    @Test
    void shouldNotInventWhatIsNotThere() {
        assertEquals(Double.NaN, ProcessMemory.in("Name:\tjava\n", ProcessMemory.PEAK));
    }
}
