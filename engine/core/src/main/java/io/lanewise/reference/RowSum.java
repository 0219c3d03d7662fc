package io.lanewise.reference;

/**
 * The published padding rule: a row is padding where its features sum to 0. The sum is taken in double and in index
 * order whatever the precision, so that whoever asks about the same values gets the same answer. A NaN sum is not
 * padding.
 */
final class RowSum {

    private RowSum() {}

    static boolean isZero(float[] cells, int start, int features) {
        double sum = 0;
        for (int f = 0; f < features; f++) {
            sum += cells[start + f];
        }
        return sum == 0;
    }

    static boolean isZero(double[] cells, int start, int features) {
        double sum = 0;
        for (int f = 0; f < features; f++) {
            sum += cells[start + f];
        }
        return sum == 0;
    }
}
