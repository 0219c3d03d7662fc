package io.lanewise.bench;

/** Refuses to time what does not give the same answer. */
public final class Agreement {

    private Agreement() {}

    /**
     * Compares every cell.
     *
     * @param what which answer this is, for the message
     * @param allowed the largest difference, as a fraction of the largest expected cell
     * @throws IllegalStateException if two cells differ by more, naming the worst one
     */
    public static void require(String what, float[] expected, float[] actual, double allowed) {
        int worst = 0;
        double error = 0;
        double largest = Float.MIN_NORMAL;
        for (int cell = 0; cell < expected.length; cell++) {
            double difference = Math.abs((double) expected[cell] - actual[cell]);
            double badness = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            if (badness > error) {
                worst = cell;
                error = badness;
            }
            largest = Math.max(largest, Math.abs(expected[cell]));
        }
        if (!(error <= allowed * largest)) {
            throw new IllegalStateException(
                    "what is timed must agree: %s, worst cell=%d, expected=%s, actual=%s, allowed difference=%s"
                            .formatted(what, worst, expected[worst], actual[worst], allowed * largest));
        }
    }
}
