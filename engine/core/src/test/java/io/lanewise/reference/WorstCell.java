package io.lanewise.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The largest difference between two tensors, so that a failure says where to look. */
record WorstCell(int index, double expected, double actual) {

    static void assertClose(double[] expected, double[] actual, double tolerance) {
        assertEquals(expected.length, actual.length, "number of cells");
        WorstCell worst = new WorstCell(0, 0, 0);
        for (int i = 0; i < expected.length; i++) {
            WorstCell cell = new WorstCell(i, expected[i], actual[i]);
            worst = cell.error() > worst.error() ? cell : worst;
        }
        assertTrue(worst.error() <= tolerance, worst + " error=" + worst.error() + ", tolerance=" + tolerance);
    }

    static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    // Two NaN agree; a NaN against a number is the worst that can happen.
    private double error() {
        if (Double.compare(expected, actual) == 0) {
            return 0;
        }
        double error = Math.abs(expected - actual);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
