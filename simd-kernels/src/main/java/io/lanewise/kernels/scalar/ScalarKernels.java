package io.lanewise.kernels.scalar;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.SumOrder;
import io.lanewise.memory.Rows;

/**
 * The kernels as plain loops, over the same layouts as the SIMD ones of some width and with the same results, to the last bit (but
 * which of the many NaNs a NaN is).
 */
public final class ScalarKernels implements Kernels {

    /** The width where there is no other to agree with. */
    private static final int LANES = 8;

    private final String reason;
    private final int lanes;
    private final int panel;

    /** Makes kernels that agree with those of no width in particular, saying in {@link #describe()} why these run. */
    public ScalarKernels(String reason) {
        this(reason, LANES);
    }

    /** Makes the twins of SIMD kernels whose vectors have 4, 8 or 16 lanes. */
    public ScalarKernels(String reason, int lanes) {
        this.reason = reason;
        this.lanes = lanes;
        this.panel = SumOrder.panelVectors(lanes) * lanes;
    }

    @Override
    public String describe() {
        return "scalar loops: " + reason;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public int panel() {
        return panel;
    }

    @Override
    public void packedMatMul(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation) {
        PackedMatMul.run(result, rows, weight, panel, accumulate, activation);
    }

    @Override
    public int scoreScratch() {
        return 0;
    }

    @Override
    public void rowScores(Rows scores, Rows queries, Rows keys, float scale, Rows scratch) {
        RowScores.run(scores, queries, keys, scale, lanes);
    }

    @Override
    public void transpose(Rows result, Rows rows) {
        RowArithmetic.transpose(result, rows);
    }

    @Override
    public void maskedSoftmax(Rows scores, int keys, Rows mask, float empty) {
        MaskedSoftmax.run(scores, keys, mask, empty, lanes);
    }

    @Override
    public void partialSoftmax(Rows scores, int keys, Rows mask, Rows sums) {
        MaskedSoftmax.runPartial(scores, keys, mask, sums, lanes);
    }

    @Override
    public void rowContext(Rows context, Rows attention, Rows values) {
        RowContext.run(context, attention, values);
    }

    @Override
    public void fusedNorm(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        FusedNorm.run(result, rows, residual, features, eps, scale, shift, lanes);
    }

    @Override
    public void add(Rows result, Rows left, Rows right) {
        RowArithmetic.add(result, left, right);
    }

    @Override
    public void mix(Rows result, Rows other, Rows weights) {
        RowArithmetic.mix(result, other, weights);
    }

    @Override
    public void activate(Rows result, Rows rows, Activation activation) {
        RowArithmetic.activate(result, rows, activation, result.width());
    }

    @Override
    public void gate(Rows result, Rows gate, Rows up, Activation activation) {
        RowArithmetic.gate(result, gate, up, activation);
    }

    @Override
    public void max(Rows result, Rows left, Rows right) {
        RowArithmetic.max(result, left, right);
    }

    @Override
    public void rmsNorm(Rows result, Rows rows, int features, float eps, Rows scale) {
        RmsNorm.run(result, rows, features, eps, scale, lanes);
    }

    @Override
    public void rotate(Rows result, Rows rows, int half, Rows table) {
        Rotation.run(result, rows, half, table);
    }

    @Override
    public void addDiagonals(Rows scores, int keys, Rows diagonals, int first) {
        Diagonals.add(scores, keys, diagonals, first);
    }

    @Override
    public void maskDiagonals(Rows scores, int keys, int firstQuery, int before, int after) {
        Diagonals.mask(scores, keys, firstQuery, before, after);
    }

    @Override
    public void addBuckets(Rows scores, int keys, Rows ofQueries, Rows ofKeys, int[] columns, int first) {
        Buckets.add(scores, keys, ofQueries, ofKeys, columns, first);
    }

    @Override
    public void gruCell(Rows state, Rows products, Rows gates, int gate) {
        RecurrentCells.gru(state, products, gates, gate);
    }

    @Override
    public void lstmCell(Rows state, Rows memory, Rows products, Rows gates, int gate) {
        RecurrentCells.lstm(state, memory, products, gates, gate);
    }

    @Override
    public void rankPool(Rows result, Rows left, Rows right, int features, int rank) {
        RankPool.run(result, left, right, features, rank, lanes);
    }
}
