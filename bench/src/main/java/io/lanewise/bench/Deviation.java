package io.lanewise.bench;

/**
 * How far an answer is from the truth, and how far it may be.
 *
 * @param error the largest absolute difference of any cell
 * @param allowed the largest error that is still right
 */
public record Deviation(double error, double allowed) {

    /** Says whether the answer is wrong. */
    public boolean isWrong() {
        return !(error <= allowed);
    }

    /** Returns the one that uses up more of what is allowed. */
    public Deviation orWorse(Deviation other) {
        return other.used() > used() ? other : this;
    }

    private double used() {
        return error == 0 ? 0 : error / allowed; // nothing may be allowed, of bits
    }
}
