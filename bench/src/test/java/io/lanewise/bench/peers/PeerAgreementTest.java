package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PeerAgreementTest {

    @Test
    void shouldReturnTheWorstCell() {
        assertEquals(0.5, PeerAgreement.difference(answer(1, 2, 3), answer(1, 2.5f, 3)));
    }

    @Test
    void shouldTakeNotANumberForTheWorst() {
        assertEquals(Double.POSITIVE_INFINITY, PeerAgreement.difference(answer(1, 2), answer(1, Float.NaN)));
    }

    @Test
    void shouldRefuseOtherSizesAndNames() {
        assertEquals(Double.POSITIVE_INFINITY, PeerAgreement.difference(answer(1, 2), answer(1, 2, 3)));
        assertEquals(Double.POSITIVE_INFINITY,
                PeerAgreement.difference(answer(1), Map.of("another", FloatBuffer.wrap(new float[]{1}))));
    }

    private static Map<String, FloatBuffer> answer(float... cells) {
        return Map.of("output", FloatBuffer.wrap(cells));
    }
}
