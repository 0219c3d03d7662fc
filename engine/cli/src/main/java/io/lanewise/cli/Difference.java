package io.lanewise.cli;

/**
 * How far numbers are from what they should be.
 *
 * @param largest the largest difference; infinite where one is not a number
 * @param scale the largest number that there should be, or 1 where all are smaller
 */
record Difference(double largest, double scale) {

    /** Compares numbers, of which there are as many of both. */
    static Difference of(float[] actual, float[] expected) {
        double largest = 0;
        double scale = 1;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) actual[i] - expected[i]);
            largest = Math.max(largest, difference >= 0 ? difference : Double.POSITIVE_INFINITY);
            scale = Math.max(scale, Math.abs(expected[i]));
        }
        return new Difference(largest, scale);
    }

    /** Says whether the difference is at most some part of the scale. */
    boolean isWithin(double part) {
        return largest <= part * scale;
    }
}
