package io.lanewise.kernels;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BFloat16Test {

    @Test
    void shouldLeaveEveryNumberOfItsOwnAsItIs() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            float number = BFloat16.lower(bits);
            assertEquals(number, BFloat16.upper(bits << Short.SIZE));
            assertEquals(number, BFloat16.nearest(number));
            if (!Float.isNaN(number)) {
                assertEquals(bits, BFloat16.nearestBits(number));
            }
        }
    }

    @Test
    void shouldRoundToTheNearestAndTiesToEven() {
        assertEquals(0x1p0f, BFloat16.nearest(0x1.01p0f));
        assertEquals(0x1.02p0f, BFloat16.nearest(0x1.010002p0f));
        assertEquals(0x1.04p0f, BFloat16.nearest(0x1.03p0f));
        assertEquals(-0x1.04p0f, BFloat16.nearest(-0x1.03p0f));
        assertEquals(Float.POSITIVE_INFINITY, BFloat16.nearest(Float.MAX_VALUE));
    }

    @Test
    void shouldKeepNotANumberWhateverItsFraction() {
        assertTrue(Float.isNaN(BFloat16.nearest(Float.intBitsToFloat(0x7F80_0001))));
        assertTrue(Float.isNaN(BFloat16.nearest(Float.intBitsToFloat(0x7FFF_FFFF))));
    }
}
