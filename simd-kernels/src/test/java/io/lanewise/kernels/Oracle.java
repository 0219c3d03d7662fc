package io.lanewise.kernels;

import io.lanewise.memory.Rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Comparisons of rows: with float64 results, within what rounding explains, and with each other, bit by bit. */
final class Oracle {

    /** A cell of the expected result, in double. */
    interface Cell {
        double at(int row, int column);
    }

    private static final double HALF_ULP = 0x1p-24;

    private Oracle() {}

    /**
     * Asserts that every cell is as expected.
     *
     * @param roundings how many roundings a cell may have gone through
     * @param magnitude the sum of the absolute values that were added up in a cell
     */
    static void assertClose(String what, Rows actual, int columns, Cell expected, int roundings, Cell magnitude) {
        double worst = 0;
        String message = "";
        for (int row = 0; row < actual.count(); row++) {
            for (int column = 0; column < columns; column++) {
                double error = Math.abs(actual.get(row, column) - expected.at(row, column));
                double allowed = roundings * HALF_ULP * magnitude.at(row, column) + Float.MIN_NORMAL;
                if (!(error / allowed <= worst)) {
                    worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / allowed;
                    message = what + ": worst cell [" + row + ", " + column + "] = " + actual.get(row, column)
                            + ", expected " + expected.at(row, column) + ", error " + error + ", allowed " + allowed;
                }
            }
        }
        assertTrue(worst <= 1, message);
    }

    static void assertSameBits(String what, Rows expected, int expectedRow, Rows actual, int actualRow, int columns) {
        for (int column = 0; column < columns; column++) {
            assertEquals(Float.floatToRawIntBits(expected.get(expectedRow, column)),
                    Float.floatToRawIntBits(actual.get(actualRow, column)),
                    what + ": row=" + expectedRow + ", column=" + column);
        }
    }
}
