package io.lanewise.planner;

/**
 * The accuracy of a folded graph beside that of the graph as written.
 *
 * @param writtenError the worst absolute error of the graph as written
 * @param foldedError the worst absolute error of the folded graph
 */
record FoldCheck(double writtenError, double foldedError) {

    /** Says whether folding costs no more accuracy than is allowed: at most twice the error. */
    boolean passes() {
        return foldedError <= 2 * writtenError;
    }

    @Override
    public String toString() {
        return "worst error " + twoDigits(foldedError) + " against " + twoDigits(writtenError) + " as written";
    }

    private static String twoDigits(double error) {
        if (error == 0 || !Double.isFinite(error)) {
            return String.valueOf(error);
        }
        int exponent = (int) Math.floor(Math.log10(error));
        long digits = Math.round(error * Math.pow(10, 1 - exponent));
        return digits / 10 + "." + digits % 10 + "e" + exponent;
    }
}
