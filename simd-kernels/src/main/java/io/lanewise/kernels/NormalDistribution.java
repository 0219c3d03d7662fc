package io.lanewise.kernels;

/** The standard normal distribution, in double, to some 13 digits even of a small tail. */
final class NormalDistribution {

    /** From here on the continued fraction needs fewer terms than the series has digits to lose. */
    private static final double TAIL = 2;
    private static final int FRACTION_TERMS = 60;

    private NormalDistribution() {}

    /** Returns {@code Φ(x)}, how much lies below. */
    static double below(double x) {
        if (x <= -TAIL) {
            return tail(-x);
        }
        return x < TAIL ? 0.5 + fromZero(x) : 1 - tail(x);
    }

    /** Returns {@code Φ(x) − ½ = φ(x) · (x + x³/3 + x⁵/(3·5) + …)}. */
    private static double fromZero(double x) {
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > Math.abs(sum) * 0x1p-60; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return sum * density(x);
    }

    /** Returns {@code 1 − Φ(x) = φ(x) / (x + 1 / (x + 2 / (x + 3 / (x + …))))}. */
    private static double tail(double x) {
        double fraction = x;
        for (int term = FRACTION_TERMS; term > 0; term--) {
            fraction = x + term / fraction;
        }
        return density(x) / fraction;
    }

    private static double density(double x) {
        return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }
}
