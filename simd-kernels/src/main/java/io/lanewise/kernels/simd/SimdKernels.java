package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;

/** The kernels as written with the Vector API, at the width that {@link SimdShape} chose. */
public final class SimdKernels implements Kernels {

    /** Returns the bits of the widest vectors that this CPU runs well. */
    public static int preferredBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    @Override
    public String describe() {
        return "SIMD, " + SimdShape.SPECIES.vectorBitSize() + "-bit vectors (" + SimdShape.LANES + " lanes), tile "
                + SimdShape.TILE_ROWS + "x" + SimdShape.PANEL_VECTORS;
    }

    @Override
    public int lanes() {
        return SimdShape.LANES;
    }

    @Override
    public int panel() {
        return SimdShape.PANEL;
    }

    @Override
    public void packedMatMul(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation) {
        PackedMatMul.run(result, rows, weight, accumulate, activation);
    }

    @Override
    public int scoreScratch() {
        return RowScores.SCRATCH;
    }

    @Override
    public void rowScores(Rows scores, Rows queries, Rows keys, float scale, Rows scratch) {
        RowScores.run(scores, queries, keys, scale, scratch);
    }

    @Override
    public void transpose(Rows result, Rows rows) {
        Transposes.run(result, rows);
    }

    @Override
    public void maskedSoftmax(Rows scores, int keys, Rows mask, float empty) {
        MaskedSoftmax.run(scores, keys, mask, empty);
    }

    @Override
    public void partialSoftmax(Rows scores, int keys, Rows mask, Rows sums) {
        MaskedSoftmax.runPartial(scores, keys, mask, sums);
    }

    @Override
    public void rowContext(Rows context, Rows attention, Rows values) {
        RowContext.run(context, attention, values);
    }

    @Override
    public void fusedNorm(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        FusedNorm.run(result, rows, residual, features, eps, scale, shift);
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
        RowArithmetic.activate(result, rows, activation);
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
        RmsNorm.run(result, rows, features, eps, scale);
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
        RankPool.run(result, left, right, features, rank);
    }
}
