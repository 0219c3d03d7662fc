package io.lanewise.bench.report;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class KernelTargetTest {

    @Test
    void shouldAskMoreOfMoreRows() {
        assertEquals("≥ 0.80 of the read bandwidth", matMul("1", true).text());
        assertNull(matMul("8", true));
        assertEquals("≥ 0.70 of the FMA probe", matMul("15", true).text());
        assertEquals("≥ 0.85 of the FMA probe", matMul("24", true).text());
        assertEquals("≥ 0.90 of the FMA probe", matMul("64", true).text());
    }

    @Test
    void shouldAskLessOfNarrowVectors() {
        assertEquals("≥ 0.80 of the FMA probe", matMul("64", false).text());
        assertNull(matMul("15", false));
    }

    @Test
    void shouldKnowWhichWayIsBetter() {
        KernelTarget softmax = KernelTarget
                .of(new PointKey("kernel", "masked-softmax", Map.of("rows", "80", "keys", "15")), true);
        assertTrue(softmax.isReached(0.9));
        assertFalse(softmax.isReached(1.1));
        assertTrue(matMul("64", true).isReached(0.95));
        assertFalse(matMul("64", true).isReached(0.89));
    }

    private static KernelTarget matMul(String m, boolean wide) {
        return KernelTarget.of(new PointKey("kernel", "matmul", Map.of("m", m, "n", "512", "k", "512")), wide);
    }
}
