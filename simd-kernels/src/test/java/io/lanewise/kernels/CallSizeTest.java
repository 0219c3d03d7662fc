package io.lanewise.kernels;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class CallSizeTest {

    private static final int PANEL = 64;

    @Test
    void shouldBeTakenApartAgain() {
        assertEquals(new CallSize(KernelForm.ROW_SCORES, 12, 77),
                CallSize.of(KernelForm.ROW_SCORES, CallSize.of(12, 77)));
    }

    @Test
    void shouldLeaveLargeAndEmptyCallsAlone() {
        assertEquals(0, CallSize.of(0, 64));
        assertEquals(0, CallSize.of(5, 0));
        assertEquals(0, CallSize.of(129, 64));
        assertEquals(0, CallSize.of(128, 1025));
    }

    /** One or two rows meet four or two panels at once, more of them a panel at a time, of which the last reads nothing ahead. */
    @Test
    void shouldTakeProductsForOneThatReachTheSameTiles() {
        assertEquals(CallSize.ofProduct(1, 6 * PANEL, PANEL), CallSize.ofProduct(1, 18 * PANEL, PANEL));
        assertNotEquals(CallSize.ofProduct(1, 5 * PANEL, PANEL), CallSize.ofProduct(1, 6 * PANEL, PANEL));
        assertEquals(CallSize.ofProduct(12, 2 * PANEL, PANEL), CallSize.ofProduct(12, 24 * PANEL, PANEL));
        assertNotEquals(CallSize.ofProduct(12, PANEL, PANEL), CallSize.ofProduct(12, 2 * PANEL, PANEL));
        assertNotEquals(CallSize.ofProduct(12, PANEL, PANEL), CallSize.ofProduct(13, PANEL, PANEL));
    }

    @Test
    void shouldCountTheKeysOfDeepScoresByFours() {
        KernelForm deep = KernelForm.DEEP_ROW_SCORES;
        assertEquals(CallSize.ofScores(deep, 5, 4), CallSize.ofScores(deep, 5, 60));
        assertEquals(CallSize.ofScores(deep, 5, 7), CallSize.ofScores(deep, 5, 63));
        assertNotEquals(CallSize.ofScores(KernelForm.ROW_SCORES, 5, 4),
                CallSize.ofScores(KernelForm.ROW_SCORES, 5, 60));
    }

    @Test
    void shouldKnowOneWidthOfContextsOfMultiplesOf64() {
        assertEquals(CallSize.ofContext(KernelForm.ROW_CONTEXT_OF_64, 5, 64),
                CallSize.ofContext(KernelForm.ROW_CONTEXT_OF_64, 5, 512));
        assertNotEquals(CallSize.ofContext(KernelForm.ROW_CONTEXT, 5, 16),
                CallSize.ofContext(KernelForm.ROW_CONTEXT, 5, 48));
    }
}
