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
}
