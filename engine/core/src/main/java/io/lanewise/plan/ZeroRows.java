package io.lanewise.plan;

/**
 * Which rows of a dense stream are known to be zero because the input's are, so that what is linear in them need not be
 * computed.
 *
 * @param groups 0 where nothing is known; 1 where a row is zero if the input's is; else the heads of a reshape, each a run of
 *        the sample's rows, whose rows are zero if all of the input's are
 */
public record ZeroRows(int groups) {

    /** Nothing is known. */
    public static final ZeroRows NONE = new ZeroRows(0);

    /** A row is zero where the input's is. */
    public static final ZeroRows EACH = new ZeroRows(1);

    /** Returns what is known once whole groups of rows are mixed. */
    public ZeroRows mixed(int heads) {
        return groups == 1 || groups == heads ? new ZeroRows(heads) : NONE;
    }

    /** Returns how many of a sample's rows may be other than zero, if the input's first rows are all that are. */
    public int rows(int padded, int valid) {
        return switch (groups) {
            case 0 -> padded;
            case 1 -> valid;
            default -> Math.ceilDiv(groups(padded, valid) * padded, groups);
        };
    }

    /** Returns how many of a sample's groups may hold a row other than zero, if the input's first rows are all that are. */
    public int groups(int padded, int valid) {
        return groups == 0 ? 1 : Math.ceilDiv(valid * groups, Math.max(1, padded));
    }
}
