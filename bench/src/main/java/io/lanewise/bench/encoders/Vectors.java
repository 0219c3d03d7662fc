package io.lanewise.bench.encoders;

import java.nio.FloatBuffer;

/** What is made of hidden states: a text's vector. */
public final class Vectors {

    private static final double LEAST_COSINE = 0.99999;

    /** How near the vectors of int8 arithmetic must be to those of float32 for it to be the same model at all. */
    private static final double LEAST_INT8_COSINE = 0.9;

    private Vectors() {}

    /** Requires that what is timed is the same model: the least cosine of its vectors to ours. */
    static void requireAlike(String what, double cosine, boolean isExact) {
        if (!(cosine >= (isExact ? LEAST_COSINE : LEAST_INT8_COSINE))) {
            throw new IllegalStateException("what is timed must agree: %s, least cosine=%s".formatted(what, cosine));
        }
    }

    /** Returns the mean of a text's rows, {@code rows[text, 0 … tokens − 1]} of {@code [texts, tokens, features]}. */
    static double[] mean(float[] rows, int text, int tokens, int features) {
        double[] mean = new double[features];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < features; i++) {
                mean[i] += (double) rows[(text * tokens + token) * features + i] / tokens;
            }
        }
        return mean;
    }

    /**
     * Returns the mean of the first rows of a text, of length 1: float sums in a loop that C2 turns into vectors, as a caller who
     * cares would write it.
     *
     * @param rows {@code [texts, padded, features]}
     */
    public static float[] unitMean(FloatBuffer rows, int text, int padded, int tokens, int features) {
        float[] row = new float[features];
        float[] sum = new float[features];
        for (int token = 0; token < tokens; token++) {
            rows.get((text * padded + token) * features, row);
            for (int i = 0; i < features; i++) {
                sum[i] += row[i];
            }
        }
        double squares = 0;
        for (float feature : sum) {
            squares += (double) feature * feature;
        }
        float factor = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < features; i++) {
            sum[i] *= factor;
        }
        return sum;
    }

    static double cosine(double[] one, double[] other) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            squares += one[i] * one[i];
            others += other[i] * other[i];
        }
        return product / Math.sqrt(squares * others);
    }

    static double cosine(float[] one, float[] other) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
        }
        return product / Math.sqrt(squares * others);
    }
}
