package io.lanewise.plan;

/** Which row of a table belongs to a row of a stream. */
public sealed interface TableIndex {

    /** The row that an id names. */
    record Given(Slot tokens) implements TableIndex {
        @Override
        public String toString() {
            return tokens.toString();
        }
    }

    /** The row of the place in the sequence, counted from {@code first}. */
    record Place(int first) implements TableIndex {
        @Override
        public String toString() {
            return first + "…";
        }
    }

    /** {@code padding} for the id of padding, else {@code padding} and the number of other ids up to here. */
    record Counted(Slot tokens, int padding) implements TableIndex {
        @Override
        public String toString() {
            return (padding + 1) + "… of " + tokens;
        }
    }

    /** Always the same row. */
    record Same(int row) implements TableIndex {
        @Override
        public String toString() {
            return Integer.toString(row);
        }
    }
}
