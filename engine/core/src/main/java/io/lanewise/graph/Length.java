package io.lanewise.graph;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A sequence length that is known only when a layer runs: the rows of a stream such as {@code question}, {@code video} or
 * {@code tokens}.
 *
 * @param name the input that brings it, or what several inputs of that length are called
 * @param kind what there is beyond a sample's own rows
 * @param sequences how many sequences a sample has, such as candidates for an answer, each with rows of its own
 * @param of the lengths whose rows these are, one after the other; empty for a length that inputs bring
 */
public record Length(String name, Kind kind, int sequences, List<Length> of) {

    /** What there is beyond a sample's own rows. */
    public enum Kind {
        /** Rows of padding, which are computed like all others unless nothing can come of them. */
        PADDED,
        /** Nothing: each sample has its own rows alone, and results are zero beyond them. */
        RAGGED,
        /** Likewise, and results are only as long as the longest sample. */
        TRIMMED,
        /** Not even a second row: one row a sample, such as a sentence's vector. */
        ONE
    }

    /** One row a sample. */
    public static final Length ONE = new Length("1", Kind.ONE);

    /** Names a length of one sequence a sample. */
    public Length(String name, Kind kind) {
        this(name, kind, 1, List.of());
    }

    /** Names a length whose padding is computed. */
    public Length(String name) {
        this(name, Kind.PADDED);
    }

    /** Names a length that every sample has of its own. */
    public static Length ragged(String name) {
        return new Length(name, Kind.RAGGED);
    }

    /** Names a length that each of a sample's sequences has of its own, and results of which are cut to the longest. */
    public static Length trimmed(String name, int sequences) {
        return new Length(name, Kind.TRIMMED, sequences, List.of());
    }

    /** Returns the length of the same rows once for each of so many sequences. */
    public Length times(int times) {
        return isOne() ? one(times) : new Length(name + "×" + times, kind, times, List.of(this));
    }

    /** Returns the length of these rows and then those of another length, which has as many sequences. */
    public Length and(Length other) {
        return new Length(name + "+" + other.name, kind, sequences, List.of(this, other));
    }

    /** Returns the length of one row for each of these sequences. */
    public Length one() {
        return one(sequences);
    }

    private static Length one(int sequences) {
        return sequences == 1 ? ONE : new Length("1×" + sequences, Kind.ONE, sequences, List.of());
    }

    /** Says whether there is no padding. */
    public boolean isRagged() {
        return kind != Kind.PADDED;
    }

    /** Says whether there is one row a sequence. */
    public boolean isOne() {
        return kind == Kind.ONE;
    }

    /** Says whether its rows are those of other lengths. */
    public boolean isDerived() {
        return !of.isEmpty();
    }

    /**
     * Returns how many rows a sequence has.
     *
     * @param told the rows of a length that inputs bring, by its name
     */
    public int rows(ToIntFunction<String> told) {
        return isDerived()
                ? of.stream().mapToInt(part -> part.rows(told)).sum()
                : isOne() ? 1 : told.applyAsInt(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
