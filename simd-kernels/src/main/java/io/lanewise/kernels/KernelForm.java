package io.lanewise.kernels;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What of the kernels is tried, compiled and taken into service as one: a kernel, or that part of it that some sizes take. A call needs
 * one form; an activation that a matrix product applies is another.
 */
public enum KernelForm {
    /** Matrix products of one block of depth. */
    MATMUL,
    /** Matrix products that add to a result, or are deeper than one block. */
    MATMUL_THAT_ADDS,
    /** Matrix products of either kind whose weight is streamed, of floats: {@link PackedWeight#isStreamed}. */
    MATMUL_THAT_STREAMS,
    /** Matrix products of any kind whose weight is stored as {@link Storage#BF16}. */
    MATMUL_OF_BF16,
    /** Likewise as {@link Storage#INT8}. */
    MATMUL_OF_INT8,
    /** Scores of rows up to {@link SumOrder#CHAINED_DEPTH}. */
    ROW_SCORES,
    /** Scores of deeper rows. */
    DEEP_ROW_SCORES,
    /** {@link Kernels#transpose}. */
    TRANSPOSE,
    /** {@link Kernels#maskedSoftmax}. */
    MASKED_SOFTMAX,
    /** {@link Kernels#partialSoftmax}. */
    PARTIAL_SOFTMAX,
    /** {@link Kernels#rowContext} of any width. */
    ROW_CONTEXT,
    /** {@link Kernels#rowContext} of 32 floats, as many models have in a head: one width of tiles. */
    ROW_CONTEXT_OF_32,
    /** {@link Kernels#rowContext} of 64 floats or a multiple: the widest tiles alone. */
    ROW_CONTEXT_OF_64,
    /** {@link Kernels#fusedNorm}. */
    FUSED_NORM,
    /** {@link Kernels#rmsNorm}. */
    RMS_NORM,
    /** {@link Kernels#add}. */
    ADD,
    /** {@link Kernels#mix}. */
    MIX,
    /** {@link Kernels#max}. */
    MAX,
    /** {@link Kernels#rotate}. */
    ROTATE,
    /** {@link Kernels#addDiagonals}. */
    ADD_DIAGONALS,
    /** {@link Kernels#maskDiagonals}. */
    MASK_DIAGONALS,
    /** {@link Kernels#addBuckets}. */
    ADD_BUCKETS,
    /** {@link Kernels#gruCell}. */
    GRU_CELL,
    /** {@link Kernels#lstmCell}. */
    LSTM_CELL,
    /** {@link Kernels#rankPool}. */
    RANK_POOL,
    /** {@link Kernels#activate}, and so on: one for each {@link Activation}, in its order. */
    ACTIVATE_NONE, ACTIVATE_RELU, ACTIVATE_GELU, ACTIVATE_GELU_TANH, ACTIVATE_GELU_10, ACTIVATE_QUICK_GELU, ACTIVATE_SILU, ACTIVATE_MISH, ACTIVATE_TANH, ACTIVATE_SIGMOID, ACTIVATE_LOG1P_RELU,
    /** {@link Kernels#gate}, likewise. */
    GATE_NONE, GATE_RELU, GATE_GELU, GATE_GELU_TANH, GATE_GELU_10, GATE_QUICK_GELU, GATE_SILU, GATE_MISH, GATE_TANH, GATE_SIGMOID, GATE_LOG1P_RELU;

    private static final KernelForm[] ALL = values();

    /** Returns the form of an activation. */
    public static KernelForm activate(Activation activation) {
        return ALL[ACTIVATE_NONE.ordinal() + activation.ordinal()];
    }

    /** Returns the form of a gate. */
    public static KernelForm gate(Activation activation) {
        return ALL[GATE_NONE.ordinal() + activation.ordinal()];
    }

    /** Returns the forms of a matrix product. */
    public static Set<KernelForm> matMul(int depth, Storage storage, boolean accumulate, Activation activation) {
        Set<KernelForm> forms = EnumSet.of(matMul(depth, storage, accumulate));
        if (activation != Activation.NONE) {
            forms.add(activate(activation));
        }
        return forms;
    }

    /** Returns the form of a matrix product without its activation. */
    public static KernelForm matMul(int depth, Storage storage, boolean accumulate) {
        return switch (storage) {
            case F32 -> accumulate || depth > SumOrder.BLOCK_DEPTH ? MATMUL_THAT_ADDS : MATMUL;
            case BF16 -> MATMUL_OF_BF16;
            case INT8 -> MATMUL_OF_INT8;
        };
    }

    /** Returns the form of a matrix product with a weight. */
    public static KernelForm matMul(PackedWeight weight, boolean accumulate) {
        KernelForm kept = matMul(weight.depth(), weight.storage(), accumulate);
        return weight.isStreamed() ? kept.streamed() : kept;
    }

    /** Returns the form that takes this one's place where weights are streamed. */
    public KernelForm streamed() {
        return this == MATMUL || this == MATMUL_THAT_ADDS ? MATMUL_THAT_STREAMS : this;
    }

    /** Says whether it has many tiles, of which a call's {@linkplain CallSize size} decides which it reaches. */
    public boolean hasSizes() {
        return ordinal() <= DEEP_ROW_SCORES.ordinal()
                || this == ROW_CONTEXT || this == ROW_CONTEXT_OF_32 || this == ROW_CONTEXT_OF_64;
    }

    /** Returns the form of scores. */
    public static KernelForm rowScores(int depth) {
        return depth <= SumOrder.CHAINED_DEPTH ? ROW_SCORES : DEEP_ROW_SCORES;
    }

    /**
     * Returns the form of contexts. Tiles of every width took an eighth of C2's time in a process that embeds texts by all-MiniLM-L6-v2, which
     * meets one width.
     *
     * @param width floats of a row
     */
    public static KernelForm rowContext(int width) {
        if (width % 64 == 0) {
            return ROW_CONTEXT_OF_64;
        }
        return width == 32 ? ROW_CONTEXT_OF_32 : ROW_CONTEXT;
    }

    /** Returns the name for people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
