package io.lanewise.plan;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Length;

/**
 * How the rows of one length are laid out while a group of samples runs.
 *
 * <p>A packed stream holds, sample after sample, first the valid rows and then those that are padding but not zero; zero rows
 * are not there at all, since their outputs are known to be zero. A dense stream holds every row, because something needs
 * all of them: an unmasked key or query, a reshape, a bias.
 *
 * @param index the place among the plan's streams
 * @param length the rows' symbolic length
 * @param source the input whose lengths, mask or zero rows decide what is padding; empty where other streams do
 * @param positions the position table that is added before the padding is taken, or null
 * @param dense whether every row is kept
 * @param masked whether anything asks which rows are padding; if not, only rows of zeros are left out of a packed stream
 */
public record Stream(int index, Length length, String source, Constant positions, boolean dense, boolean masked) {

    /** Says whether there is one row a sample. */
    public boolean isOne() {
        return length.isOne();
    }

    /** Says whether samples have their own rows alone. */
    public boolean isRagged() {
        return length.isRagged();
    }

    /** Says whether an input tells its rows: they are not those of other streams, nor one a sample anyhow. */
    public boolean isTold() {
        return !source.isEmpty() && !isOne();
    }

    /** Returns how many sequences of rows a sample has. */
    public int sequences() {
        return length.sequences();
    }

    @Override
    public String toString() {
        if (isRagged()) {
            return isOne() ? "one row a " + (sequences() == 1 ? "sample" : "sequence") : length + " (ragged)";
        }
        return length + (dense ? " (every row)" : " (packed rows)") + (positions == null ? "" : " + " + positions);
    }
}
