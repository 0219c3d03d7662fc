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

    /** A tensor that the caller brings. */
    record Input(String name) implements Op {
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

    /** {@code x_h · weight_hᵀ} head by head; the weight has one head's rows after the other's, {@code [heads · out, headDim]}. */
    record HeadLinear(Value x, Value weight) implements Op {

        @Override
        public List<Value> operands() {
            return List.of(x, weight);
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
