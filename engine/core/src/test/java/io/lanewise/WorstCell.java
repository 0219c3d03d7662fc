package io.lanewise;

import java.nio.FloatBuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The largest difference between an output and the truth, so that a failure says where to look. */
public record WorstCell(int index, double expected, double actual) {

    /** Finds the worst of all cells. */
    public static WorstCell of(double[] expected, FloatBuffer actual) {
        assertEquals(expected.length, actual.remaining(), "number of cells");
        WorstCell worst = new WorstCell(0, 0, 0);
        for (int i = 0; i < expected.length; i++) {
            WorstCell cell = new WorstCell(i, expected[i], actual.get(i));
            worst = cell.error() > worst.error() ? cell : worst;
        }
        return worst;
    }

    /** Finds the worst of all cells. */
    public static WorstCell of(double[] expected, float[] actual) {
        return of(expected, FloatBuffer.wrap(actual));
    }

    /** Finds the worst of all cells. */
    public static WorstCell of(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length, "number of cells");
        WorstCell worst = new WorstCell(0, 0, 0);
        for (int i = 0; i < expected.length; i++) {
            WorstCell cell = new WorstCell(i, expected[i], actual[i]);
            worst = cell.error() > worst.error() ? cell : worst;
        }
        return worst;
    }

    /** Returns the difference: none between two NaN, and none is larger than that of a NaN to a number. */
    public double error() {
        if (Double.compare(expected, actual) == 0) {
            return 0;
        }
        double error = Math.abs(expected - actual);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    /** Asserts that even this cell is close enough. */
    public void assertWithin(double tolerance, String what) {
        assertTrue(error() <= tolerance, () -> "%s: worst cell %d, expected %.9f, was %.9f, error %.3g, tolerance %.3g"
                .formatted(what, index, expected, actual, error(), tolerance));
    }
}
