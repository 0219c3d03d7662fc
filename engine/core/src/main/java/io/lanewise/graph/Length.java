package io.lanewise.graph;

/**
 * A sequence length that is known only when a layer runs: the rows of a stream such as {@code question}, {@code video} or
 * {@code tokens}.
 *
 * @param name the input that brings it
 * @param kind what there is beyond a sample's own rows
 */
public record Length(String name, Kind kind) {

    /** What there is beyond a sample's own rows. */
    public enum Kind {
        /** Rows of padding, which are computed like all others unless nothing can come of them. */
        PADDED,
        /** Nothing: each sample has its own rows alone, and results are zero beyond them. */
        RAGGED,
        /** Not even a second row: one row a sample, such as a sentence's vector. */
        ONE
    }

    /** One row a sample. */
    public static final Length ONE = new Length("1", Kind.ONE);

    /** Names a length whose padding is computed. */
    public Length(String name) {
        this(name, Kind.PADDED);
    }

    /** Names a length that every sample has of its own. */
    public static Length ragged(String name) {
        return new Length(name, Kind.RAGGED);
    }

    /** Says whether there is no padding. */
    public boolean isRagged() {
        return kind != Kind.PADDED;
    }

    @Override
    public String toString() {
        return name;
    }
}
