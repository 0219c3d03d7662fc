package io.lanewise.bench.demo;

import java.util.List;

import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.SeededLayer;
import io.lanewise.layers.LayerKinds;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EffortTest {

    private final Effort effort = new Effort(List.of(layer("padding-masks"), layer("self-transformer")));

    private static SeededLayer layer(String kind) {
        return new SeededLayer(LayerKinds.of(kind), LayerSizes.PAPER);
    }

    @Test
    void shouldEndWithAll() {
        effort.afterLayer(); // the warm-up
        effort.afterLayer();
        assertEquals(Effort.ALL, effort.afterLayer());
    }

    @Test
    void shouldCountALargeLayerForMoreThanASmallOne() {
        long warmUp = effort.afterLayer();
        long small = effort.afterLayer() - warmUp;
        long large = Effort.ALL - warmUp - small;
        assertTrue(small > 0 && 4 * small < large, "small=" + small + ", large=" + large);
    }

    @Test
    void shouldAdvanceWithThePartsOfALayerAndNotBeyondIt() {
        long before = effort.afterPart();
        for (int part = 0; part < 10; part++) {
            long after = effort.afterPart();
            assertTrue(after >= before, "before=" + before + ", after=" + after);
            before = after;
        }
        assertEquals(before, effort.afterLayer());
    }
}
