package io.lanewise.kernels.scalar;

import java.lang.foreign.ValueLayout;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;

/** The kernels as naive loops, over the same layouts as the SIMD ones. */
public final class ScalarKernels implements Kernels {

    private static final int LANES = 8;
    private static final int PANEL = 2 * LANES;

    private final String reason;

    /** Makes the kernels, saying in {@link #describe()} why these run. */
    public ScalarKernels(String reason) {
        this.reason = reason;
    }

    @Override
    public String describe() {
        return "scalar loops: " + reason;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int panel() {
        return PANEL;
    }

    @Override
    public void packedMatMul(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation) {
        PackedMatMul.run(result, rows, weight, accumulate, activation);
    }

    @Override
    public int scoreScratch() {
        return 0;
    }

    @Override
    public void rowScores(Rows scores, Rows queries, Rows keys, float scale, Rows scratch) {
        RowScores.run(scores, queries, keys, scale);
    }

    @Override
    public void transpose(Rows result, Rows rows) {
        RowArithmetic.transpose(result, rows);
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

    /** Reads the weight between one output column and one input feature from its panel. */
    static float weight(PackedWeight weight, int column, int k) {
        long panelFloat = (long) (column / PANEL) * PANEL * weight.depth();
        return read(weight, weight.offsetBytes() + (panelFloat + (long) k * PANEL + column % PANEL) * Float.BYTES);
    }

    /** Reads the bias of one output column, 0 where the layer has none. */
    static float bias(PackedWeight weight, int column) {
        return read(weight, weight.biasByte() + (long) column * Float.BYTES);
    }

    private static float read(PackedWeight weight, long offsetBytes) {
        return weight.segment().get(ValueLayout.JAVA_FLOAT_UNALIGNED, offsetBytes);
    }
}
