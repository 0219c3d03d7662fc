package io.lanewise.graph;

import java.util.ArrayList;
import java.util.List;

import io.lanewise.kernels.Activation;

/**
 * One operation on values. A closed set of records: two ops are equal when they do the same to the same values, which is
 * what sharing rests on. Null stands for an operand that an op does without.
 */
public sealed interface Op {

    /** Returns the values that the op reads, in order. */
    List<Value> operands();

    /** Returns the field's term for the op, in lower case. */
    default String term() {
        return OpTerm.of(getClass());
    }

    /** What the caller brings. */
    sealed interface Given extends Op {

        /** Returns the name by which it is brought. */
        String name();
    }

    /** A tensor that the caller brings. */
    record Input(String name) implements Given {
        @Override
        public List<Value> operands() {
            return List.of();
        }
    }

    /** Ids that the caller brings, one a row, each of 0 … {@code end − 1}. */
    record Tokens(String name, int end) implements Given {
        @Override
        public List<Value> operands() {
            return List.of();
        }
    }

    /** A matrix of the pairs of a length's rows that the caller brings. */
    record PairInput(String name) implements Given {
        @Override
        public List<Value> operands() {
            return List.of();
        }
    }

    /** A constant of the model. */
    record Weight(Constant constant) implements Op {
        @Override
        public List<Value> operands() {
            return List.of();
        }
    }

    /** {@code x · weightᵀ + bias}. */
    record Linear(Value x, Value weight, Value bias) implements Op {
        @Override
        public List<Value> operands() {
            return present(x, weight, bias);
        }
    }

    /** Reads features as heads. */
    record SplitHeads(Value x, int heads, HeadSplit split) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** Lets every head read whole rows. */
    record ShareHeads(Value x, int heads) implements Op {

        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /**
     * {@code x_h · weight_hᵀ + bias_h} head by head; the weight has one head's rows after the other's,
     * {@code [heads · out, headDim]}.
     */
    record HeadLinear(Value x, Value weight, Value bias) implements Op {

        @Override
        public List<Value> operands() {
            return present(x, weight, bias);
        }
    }

    /** Reads heads as features again. */
    record MergeHeads(Value x) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** One bit a row: padding by the caller's lengths or mask, else where the features of {@code x} sum to 0. */
    record Padding(Value x) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** One bit a pair: whether its key is padding. */
    record KeyPadding(Value padding, Length queries) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(padding);
        }
    }

    /** One bit a pair: whether its query is padding. */
    record QueryPadding(Value padding, Length keys) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(padding);
        }
    }

    /** The row of the position table for each row: {@code i + 1} for row {@code i}, 0 for padding. */
    record Positions(Value padding) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(padding);
        }
    }

    /** The row of a table for each token: {@code first} for the sequence's first place, and so on. */
    record Places(Value tokens, int first) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(tokens);
        }
    }

    /**
     * The row of a table for each token: {@code padding} for the id of padding, wherever it stands, and {@code padding + n} for the
     * {@code n}th of the others.
     */
    record CountedPlaces(Value tokens, int padding) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(tokens);
        }
    }

    /** The same row of a table for each token. */
    record SamePlace(Value tokens, int row) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(tokens);
        }
    }

    /** The table's rows at the given indices. */
    record Gather(Value table, Value indices) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(table, indices);
        }
    }

    /** {@code scale · queries keysᵀ}, head by head. */
    record Scores(Value queries, Value keys, double scale) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(queries, keys);
        }
    }

    /**
     * Scores, plus a number for the distance {@code key − query}: {@code diagonals} is {@code [heads or 1, 2n − 1]}, distance 0 in
     * column {@code n − 1}.
     */
    record Biased(Value scores, Value diagonals, RowPlace queries) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(scores, diagonals);
        }
    }

    /** Scores, but −∞ where a key is more than {@code before} rows before its query or more than {@code after} behind it. */
    record Window(Value scores, int before, int after, RowPlace queries) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(scores);
        }
    }

    /**
     * Scores, plus what query and key think of their distance: {@code scale · (q · keyTable[b]ᵀ + k · queryTable[b]ᵀ)}, head by head,
     * with {@code b} the bucket of {@code query − key} and both tables {@code [buckets, features]}; null for a table that is not
     * there.
     */
    record Disentangled(Value scores, Value keyTable, Value queryTable, Buckets buckets, double scale,
            RowPlace queries) implements Op {
        @Override
        public List<Value> operands() {
            return present(scores, keyTable, queryTable);
        }
    }

    /** Softmax over the keys that are not padding; the row of a padding query is 0. */
    record MaskedSoftmax(Value scores, Value keyPadding, Value queryPadding, MaskOrder order) implements Op {
        @Override
        public List<Value> operands() {
            return present(scores, keyPadding, queryPadding);
        }
    }

    /** {@code attention · values}, head by head. */
    record Context(Value attention, Value values) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(attention, values);
        }
    }

    /** The features of {@code left}, then those of {@code right}. */
    record Concat(Value left, Value right) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }
    }

    /** {@code left + right}. */
    record Add(Value left, Value right) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }
    }

    /** {@code left · right}, element by element. */
    record Multiply(Value left, Value right) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }
    }

    /** Some of the features of each row. */
    record Slice(Value x, int first, int features) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** A function of each element. */
    record Activate(Value x, Activation activation) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** Layer norm over the features, variance biased, then {@code · scale + shift}. */
    record LayerNorm(Value x, Value scale, Value shift, double eps) implements Op {
        @Override
        public List<Value> operands() {
            return present(x, scale, shift);
        }
    }

    /** {@code x / √(mean(x²) + eps) · scale} over the features; over those of each head where {@code x} is split. */
    record RmsNorm(Value x, Value scale, double eps) implements Op {
        @Override
        public List<Value> operands() {
            return present(x, scale);
        }
    }

    /**
     * Turns pairs of a head's features, {@code i} and {@code i + d/2}, by the angle of the row's place: {@code table} is
     * {@code [places, d]}, cosines first, then sines.
     */
    record Rotate(Value x, Value table, RowPlace rows) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x, table);
        }
    }

    /** One of each sample's rows. */
    record Select(Value x, RowPlace row) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** One row made of all of a sample's that are not padding. */
    record Pool(Value x, Pooling pooling) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** A number for each sample: the only feature of its only row. */
    record Flatten(Value x) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** {@code x / max(‖x‖, 10⁻¹²)}, row by row. */
    record Normalize(Value x) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    // ---------------------------------------------------------------- sequences and graphs

    /**
     * The states of a recurrence, one after the other from a state of zeros: {@code products} has {@code W·x + b} of each gate,
     * {@code weight [gates · H, H]} is {@code U}, {@code bias [gates · H]} what is added to its products. Each row is the state
     * after it, {@code h}, or {@code [h ; c]}.
     *
     * @param reverse whether it goes from a sequence's last row to its first
     */
    record Recurrence(Value products, Value weight, Value bias, Cell cell, boolean reverse) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(products, weight, bias);
        }
    }

    /** The rows of {@code first}, then those of {@code second}, sequence by sequence. */
    record Join(Value first, Value second) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(first, second);
        }
    }

    /** The same rows for each of so many sequences. */
    record Repeat(Value x, int times) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /**
     * Two rows of heads made one, head by head (Block's pooling): with {@code s} features a head,
     * {@code z[j] = Σ_r left[r·s + j] · right[r·s + j]}, then {@code z = sign(z)·√|z|}, then {@code z / max(‖z‖, 10⁻¹²)}.
     */
    record RankPool(Value left, Value right, int rank) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(left, right);
        }
    }

    /** Equal parts of the only row of each sample, one tensor a part. */
    record Stack(Value x, int parts) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /** A whole number for each sample: of the features of its only row, or of the numbers of its sequences. */
    record Choose(Value scores, Choice choice) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(scores);
        }
    }

    private static List<Value> present(Value... values) {
        List<Value> present = new ArrayList<>();
        for (Value value : values) {
            if (value != null) {
                present.add(value);
            }
        }
        return List.copyOf(present);
    }
}
