package io.lanewise.encoders;

import io.lanewise.graph.Buckets;

/** Which bucket a distance between two places falls into: near ones have their own, far ones share by the logarithm. */
final class RelativeBuckets {

    /** The buckets of T5 and MPNet, half of them for keys behind their query. */
    static final int T5_BUCKETS = 32;

    private static final int T5_EXACT = T5_BUCKETS / 4;
    private static final double T5_FARTHEST = 128;

    /** More than any encoder takes: a file of a few bytes may claim anything, and each head has a number for every distance. */
    private static final int MOST_PLACES = 1 << 15;

    private RelativeBuckets() {}

    /** Returns for how many places tables of distances are made: as many as the settings say, if that is not absurd. */
    static int places(EncoderConfig config, String name, int absent) {
        return Math.min(MOST_PLACES, config.size(name, absent, Integer.MAX_VALUE));
    }

    /**
     * Returns the bucket of a distance {@code key − query} by T5's rule for attention both ways. The logarithm is a float's, as in
     * the reference: buckets change where it rounds.
     */
    static int t5(int distance) {
        int half = T5_BUCKETS / 2;
        int start = distance > 0 ? half : 0;
        int n = Math.abs(distance);
        if (n < T5_EXACT) {
            return start + n;
        }
        float share = (float) Math.log((float) n / T5_EXACT) / (float) Math.log(T5_FARTHEST / T5_EXACT);
        return start + Math.min(half - 1, T5_EXACT + (int) (share * (half - T5_EXACT)));
    }

    /**
     * Returns the columns of DeBERTa's table of relative positions, for sequences up to a length.
     *
     * @param buckets the buckets of either direction; 0 or less where every distance has its own
     * @param farthest the distance from which on all are alike
     * @param span half the table's rows
     */
    static Buckets deberta(int buckets, int farthest, int span, int longest) {
        int[] columns = new int[2 * longest - 1];
        for (int i = 0; i < columns.length; i++) {
            int distance = i - (longest - 1); // query − key
            int bucket = buckets > 0 ? logarithmic(distance, buckets, farthest) : distance;
            columns[i] = Math.clamp((long) bucket + span, 0, 2 * span - 1);
        }
        return new Buckets(columns, 2 * span);
    }

    private static int logarithmic(int distance, int buckets, int farthest) {
        int middle = buckets / 2;
        int n = Math.abs(distance);
        if (n <= middle) {
            return distance;
        }
        double share = Math.log((double) n / middle) / Math.log((farthest - 1.0) / middle);
        return Integer.signum(distance) * (int) (Math.ceil(share * (middle - 1)) + middle);
    }
}
