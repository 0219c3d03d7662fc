package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.util.Map;

import io.lanewise.bench.LayerSizes;
import io.lanewise.reference.ReferenceTensor;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PeerAgreementTest {

    private static final LayerSizes SIZES = new LayerSizes(2, 1, 2, 1, 3, 3);
    private static final PaperLayer LAYER = PaperLayer.nine(SIZES).getFirst();
    private static final PaperLayer END = PaperLayer.stages(SIZES).getLast();

    @Test
    void shouldReturnTheWorstCell() {
        assertEquals(0.5, PeerAgreement.difference(LAYER, answer(1, 2, 3), answer(1, 2.5f, 3)));
    }

    @Test
    void shouldTakeNotANumberForTheWorst() {
        assertEquals(Double.POSITIVE_INFINITY, PeerAgreement.difference(LAYER, answer(1, 2), answer(1, Float.NaN)));
    }

    @Test
    void shouldRefuseOtherSizesAndNames() {
        assertEquals(Double.POSITIVE_INFINITY, PeerAgreement.difference(LAYER, answer(1, 2), answer(1, 2, 3)));
        assertEquals(Double.POSITIVE_INFINITY,
                PeerAgreement.difference(LAYER, answer(1), Map.of("another", FloatBuffer.wrap(new float[]{1}))));
    }

    @Test
    void shouldMeasureAStageByItsLargestNumber() {
        Map<String, ReferenceTensor<double[]>> truth = Map.of("output",
                new ReferenceTensor.Numbers<>(new double[]{4, 2}));
        assertEquals(1, PeerAgreement.error(LAYER, truth, answer(4, 3)));
        assertEquals(0.25, PeerAgreement.error(END, truth, answer(4, 3)));
        assertEquals(1, PeerAgreement.difference(LAYER, answer(4, 2), answer(4, 3)));
        assertEquals(0.25, PeerAgreement.difference(END, answer(4, 2), answer(4, 3)));
    }

    private static Map<String, FloatBuffer> answer(float... cells) {
        return Map.of("output", FloatBuffer.wrap(cells));
    }
}
