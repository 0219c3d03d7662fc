package io.lanewise.graph;

/** The shape of a value; every value but a constant also has a batch axis in front. */
public sealed interface Shape {

    /** Rows of features, {@code [B, L, heads · headDim]}; after a split, {@code [B, heads, L, headDim]}. */
    record Rows(Length length, int heads, int headDim, HeadSplit split) implements Shape {

        /** Describes rows that are not split. */
        public Rows(Length length, int features) {
            this(length, 1, features, HeadSplit.COLUMNS);
        }

        /** Returns the features of a whole row. */
        public int features() {
            return heads * headDim;
        }

        @Override
        public String toString() {
            return heads == 1
                    ? "[B, " + length + ", " + headDim + "]"
                    : "[B, " + heads + ", " + length + ", " + headDim + "]";
        }
    }

    /** One number a sequence, {@code [B]} or {@code [B, sequences]}. */
    record Numbers(int sequences) implements Shape {
        @Override
        public String toString() {
            return sequences == 1 ? "[B]" : "[B, " + sequences + "]";
        }
    }

    /** One whole number a sample, {@code [B]}: what is chosen, or −1 for nothing. */
    record Choices() implements Shape {
        @Override
        public String toString() {
            return "int[B]";
        }
    }

    /** Parts of a row a sample, the parts' axis first: {@code [parts, B, features]}. */
    record Stacked(int parts, int features) implements Shape {
        @Override
        public String toString() {
            return "[" + parts + ", B, " + features + "]";
        }
    }

    /** One number for each pair of a query and a key, {@code [B, heads, Lq, Lk]}. */
    record Pairs(Length queries, Length keys, int heads, HeadSplit split) implements Shape {
        @Override
        public String toString() {
            return heads == 1
                    ? "[B, " + queries + ", " + keys + "]"
                    : "[B, " + heads + ", " + queries + ", " + keys + "]";
        }
    }

    /** One bit for each row, {@code [B, L]}: set where the row is padding. */
    record RowBits(Length length) implements Shape {
        @Override
        public String toString() {
            return "bits[B, " + length + "]";
        }
    }

    /** One bit for each pair, {@code [B, Lq, Lk]}. */
    record PairBits(Length queries, Length keys) implements Shape {
        @Override
        public String toString() {
            return "bits[B, " + queries + ", " + keys + "]";
        }
    }

    /** One table row number for each row, {@code [B, L]}. */
    record Indices(Length length) implements Shape {
        @Override
        public String toString() {
            return "int[B, " + length + "]";
        }
    }

    /** A constant matrix. */
    record Matrix(int rows, int columns) implements Shape {
        @Override
        public String toString() {
            return "[" + rows + ", " + columns + "]";
        }
    }

    /** A constant vector. */
    record Vector(int size) implements Shape {
        @Override
        public String toString() {
            return "[" + size + "]";
        }
    }
}
