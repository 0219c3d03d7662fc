package io.lanewise.encoders;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import io.lanewise.Outputs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * Copies of a run's results, sample by sample, without the rows of padding.
 *
 * @param cells by name, for each sample
 */
record SampleRows(Map<String, float[][]> cells) {

    /**
     * Copies the results of a run.
     *
     * @param lengths of the samples
     * @param left whether padding stands before them
     */
    static SampleRows of(Outputs outputs, boolean left, int... lengths) {
        Map<String, float[][]> cells = new LinkedHashMap<>();
        for (String name : outputs.names()) {
            cells.put(name, copy(outputs.floats(name), outputs.shape(name), left, lengths));
        }
        return new SampleRows(cells);
    }

    /** Copies the results of a run of samples that are padded behind, if at all. */
    static SampleRows of(Outputs outputs, TokenSamples samples, int... order) {
        int[] lengths = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            lengths[i] = samples.ids()[order[i]].length;
        }
        return of(outputs, false, lengths);
    }

    private static float[][] copy(FloatBuffer floats, long[] shape, boolean left, int... lengths) {
        assertEquals(lengths.length, shape[0], "batch");
        int width = (int) shape[shape.length - 1];
        int rows = shape.length == 3 ? (int) shape[1] : 1;
        float[][] samples = new float[lengths.length][];
        for (int s = 0; s < lengths.length; s++) {
            int own = shape.length == 3 ? lengths[s] : 1;
            int perSample = shape.length == 1 ? 1 : rows * width;
            samples[s] = new float[shape.length == 1 ? 1 : own * width];
            floats.get(s * perSample + (left && shape.length == 3 ? rows - own : 0) * width, samples[s]);
            assertPaddingIsZero(floats, s * perSample, perSample, samples[s].length, left);
        }
        return samples;
    }

    private static void assertPaddingIsZero(FloatBuffer floats, int start, int all, int own, boolean left) {
        int first = left ? start : start + own;
        for (int cell = first; cell < first + all - own; cell++) {
            assertEquals(0, Float.floatToRawIntBits(floats.get(cell)), "rows of padding must be zero");
        }
    }

    /** Asserts that a sample has the same bits here and there. */
    void assertSame(int sample, SampleRows other, int otherSample, String what) {
        assertEquals(cells.keySet(), other.cells.keySet(), what);
        cells.forEach((name, samples) -> {
            float[] here = samples[sample];
            float[] there = other.cells.get(name)[otherSample];
            assertEquals(here.length, there.length, what + ", " + name);
            for (int i = 0; i < here.length; i++) {
                if (Float.floatToRawIntBits(here[i]) != Float.floatToRawIntBits(there[i])) {
                    fail("%s, sample %d, %s[%d]: expected %s, was %s".formatted(what, sample, name, i, here[i],
                            there[i]));
                }
            }
        });
    }

    /** Asserts that results of other arithmetic are near: within some units of the last place of the largest cell. */
    void assertNear(SampleRows other, double relative, String what) {
        cells.forEach((name, samples) -> {
            double scale = 1;
            double worst = 0;
            for (int s = 0; s < samples.length; s++) {
                assertArrayEquals(new int[]{samples[s].length}, new int[]{other.cells.get(name)[s].length}, what);
                for (int i = 0; i < samples[s].length; i++) {
                    scale = Math.max(scale, Math.abs(samples[s][i]));
                    double error = Math.abs(samples[s][i] - other.cells.get(name)[s][i]);
                    worst = error >= 0 ? Math.max(worst, error) : Double.POSITIVE_INFINITY;
                }
            }
            double allowed = relative * scale;
            double found = worst;
            assertTrue(worst <= allowed,
                    () -> "%s, %s: error %.3g, allowed %.3g".formatted(what, name, found, allowed));
        });
    }
}
