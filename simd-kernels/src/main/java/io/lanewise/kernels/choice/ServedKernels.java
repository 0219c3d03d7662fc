package io.lanewise.kernels.choice;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.CallSize;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;

/**
 * Kernels of which each form serves by its scalar twin until its SIMD kernel has been seen to be compiled: the bits are the same, and
 * before it is compiled a SIMD kernel takes many times as long.
 *
 * <p>A form of many tiles serves calls of a size once the tiles that those reach are compiled: a service whose first requests are alike
 * has all that it needs after a fraction of the time.
 *
 * <p>Which kernel serves is a plain read of an array. A thread may see the change late, which does no harm.
 */
final class ServedKernels implements Kernels {

    private final Kernels simd;
    private final Kernels twin;
    private final Kernels[] serving = new Kernels[KernelForm.values().length];
    private final CallSizes sizes = new CallSizes(); // that the first copy serves already
    private final Admission admission;

    ServedKernels(Kernels twin, Admission admission) {
        this.simd = admission.copies().get(0);
        this.twin = twin;
        this.admission = admission;
        Arrays.fill(serving, twin);
        admission.admitTo(this);
    }

    Admission admission() {
        return admission;
    }

    /** Takes a SIMD kernel into service. */
    void serve(KernelForm form, Kernels kernels) {
        VarHandle.releaseFence(); // what the kernels' constructor wrote comes first
        serving[form.ordinal()] = kernels;
    }

    /** Takes a SIMD kernel into service for calls of a size, before the rest of it is compiled. */
    void serve(CallSize size) {
        sizes.add(size.form(), CallSize.of(size.rows(), size.columns()));
    }

    /** Returns who serves a call with a result of so many rows and columns; which tiles it reaches matters only as long as twins serve. */
    private Kernels of(KernelForm form, int rows, int columns) {
        Kernels kernels = serving[form.ordinal()];
        return kernels == twin ? meanwhile(form, CallSize.of(form, rows, columns, simd.panel())) : kernels;
    }

    private Kernels meanwhile(KernelForm form, long size) {
        if (sizes.has(form, size)) {
            return simd;
        }
        admission.called(form, size);
        return twin;
    }

    private Kernels of(KernelForm form) {
        Kernels kernels = serving[form.ordinal()];
        if (kernels == twin) {
            admission.called(form);
        }
        return kernels;
    }

    @Override
    public String describe() {
        return simd.describe() + admission.describe();
    }

    @Override
    public int lanes() {
        return simd.lanes();
    }

    @Override
    public int panel() {
        return simd.panel();
    }

    @Override
    public int scoreScratch() {
        return simd.scoreScratch();
    }

    @Override
    public void packedMatMul(Rows result, Rows rows, PackedWeight weight, boolean accumulate, Activation activation) {
        Kernels kernels = of(KernelForm.matMul(weight, accumulate), rows.count(), weight.columns());
        if (activation == Activation.NONE || of(KernelForm.activate(activation)) == kernels) {
            kernels.packedMatMul(result, rows, weight, accumulate, activation);
        } else {
            multiplyThenActivate(kernels, result, rows, weight, accumulate, activation);
        }
    }

    /** By two kernels that serve by different classes. */
    private void multiplyThenActivate(Kernels kernels, Rows result, Rows rows, PackedWeight weight, boolean accumulate,
            Activation activation) {
        kernels.packedMatMul(result, rows, weight, accumulate, Activation.NONE);
        of(KernelForm.activate(activation)).activate(result, result, activation);
    }

    @Override
    public void rowScores(Rows scores, Rows queries, Rows keys, float scale, Rows scratch) {
        of(KernelForm.rowScores(queries.width()), queries.count(), keys.count()).rowScores(scores, queries, keys, scale,
                scratch);
    }

    @Override
    public void transpose(Rows result, Rows rows) {
        of(KernelForm.TRANSPOSE).transpose(result, rows);
    }

    @Override
    public void maskedSoftmax(Rows scores, int keys, Rows mask, float empty) {
        of(KernelForm.MASKED_SOFTMAX).maskedSoftmax(scores, keys, mask, empty);
    }

    @Override
    public void partialSoftmax(Rows scores, int keys, Rows mask, Rows sums) {
        of(KernelForm.PARTIAL_SOFTMAX).partialSoftmax(scores, keys, mask, sums);
    }

    @Override
    public void rowContext(Rows context, Rows attention, Rows values) {
        of(KernelForm.rowContext(context.width()), context.count(), context.width()).rowContext(context, attention,
                values);
    }

    @Override
    public void fusedNorm(Rows result, Rows rows, Rows residual, int features, float eps, Rows scale, Rows shift) {
        of(KernelForm.FUSED_NORM).fusedNorm(result, rows, residual, features, eps, scale, shift);
    }

    @Override
    public void add(Rows result, Rows left, Rows right) {
        of(KernelForm.ADD).add(result, left, right);
    }

    @Override
    public void mix(Rows result, Rows other, Rows weights) {
        of(KernelForm.MIX).mix(result, other, weights);
    }

    @Override
    public void activate(Rows result, Rows rows, Activation activation) {
        of(KernelForm.activate(activation)).activate(result, rows, activation);
    }

    @Override
    public void gate(Rows result, Rows gate, Rows up, Activation activation) {
        of(KernelForm.gate(activation)).gate(result, gate, up, activation);
    }

    @Override
    public void max(Rows result, Rows left, Rows right) {
        of(KernelForm.MAX).max(result, left, right);
    }

    @Override
    public void rmsNorm(Rows result, Rows rows, int features, float eps, Rows scale) {
        of(KernelForm.RMS_NORM).rmsNorm(result, rows, features, eps, scale);
    }

    @Override
    public void rotate(Rows result, Rows rows, int half, Rows table) {
        of(KernelForm.ROTATE).rotate(result, rows, half, table);
    }

    @Override
    public void addDiagonals(Rows scores, int keys, Rows diagonals, int first) {
        of(KernelForm.ADD_DIAGONALS).addDiagonals(scores, keys, diagonals, first);
    }

    @Override
    public void maskDiagonals(Rows scores, int keys, int firstQuery, int before, int after) {
        of(KernelForm.MASK_DIAGONALS).maskDiagonals(scores, keys, firstQuery, before, after);
    }

    @Override
    public void addBuckets(Rows scores, int keys, Rows ofQueries, Rows ofKeys, int[] columns, int first) {
        of(KernelForm.ADD_BUCKETS).addBuckets(scores, keys, ofQueries, ofKeys, columns, first);
    }

    @Override
    public void gruCell(Rows state, Rows products, Rows gates, int gate) {
        of(KernelForm.GRU_CELL).gruCell(state, products, gates, gate);
    }

    @Override
    public void lstmCell(Rows state, Rows memory, Rows products, Rows gates, int gate) {
        of(KernelForm.LSTM_CELL).lstmCell(state, memory, products, gates, gate);
    }

    @Override
    public void rankPool(Rows result, Rows left, Rows right, int features, int rank) {
        of(KernelForm.RANK_POOL).rankPool(result, left, right, features, rank);
    }
}
