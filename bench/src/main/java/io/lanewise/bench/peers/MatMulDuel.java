package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;

import io.lanewise.bench.rounds.Setup;
import io.lanewise.bench.rounds.Subject;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.kernels.RowLayout;
import io.lanewise.kernels.Storage;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.memory.Block;
import io.lanewise.memory.Rows;

/** Lanewise's packed matmul and a peer's on the same numbers. */
final class MatMulDuel implements Setup {

    private final int m;
    private final int n;
    private final int k;
    private final Kernels kernels = KernelChoice.best();
    private final RowLayout input;
    private final RowLayout output;
    private final Block memory;
    private final Block weightMemory;
    private final Rows result;
    private final FloatBuffer peerResult;
    private final List<Subject> subjects;

    MatMulDuel(MatMulPeer peer, int m, int n, int k) {
        PeerEnvironment.requireClean();
        this.m = m;
        this.n = n;
        this.k = k;
        input = RowLayout.of(1, k, kernels);
        output = RowLayout.of(1, n, kernels);
        memory = Block.zeroed(m * (long) (input.stride() + output.stride()) * Float.BYTES);
        weightMemory = Block.zeroed(PackedWeight.bytes(output, input, Storage.F32));
        result = new Rows(memory.segment(), 0, m, output.width(), output.stride());
        peerResult = RequestMemory.floats(m * n);
        float[] rows = numbers(m * k, 1);
        float[] weight = numbers(n * k, 2);
        subjects = List.of(new Subject("lanewise", multiplyAdds(), lanewise(rows, weight)),
                new Subject(peer.subject(), multiplyAdds(), peer.prepare(peerResult, off(rows), transposed(weight), m,
                        n, k)));
        requireAgreement(peer, rows, weight);
    }

    private long multiplyAdds() {
        return (long) m * n * k;
    }

    private static float[] numbers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static FloatBuffer off(float[] values) {
        return RequestMemory.floats(values.length).put(values).flip();
    }

    private FloatBuffer transposed(float[] weight) {
        FloatBuffer columns = RequestMemory.floats(weight.length);
        for (int i = 0; i < weight.length; i++) {
            columns.put(i % k * n + i / k, weight[i]);
        }
        return columns;
    }

    private Runnable lanewise(float[] values, float[] weight) {
        long rowsByte = (long) m * output.stride() * Float.BYTES;
        Rows rows = new Rows(memory.segment(), rowsByte, m, input.paddedDim(), input.stride());
        for (int i = 0; i < values.length; i++) {
            rows.set(i / k, i % k, values[i]);
        }
        PackedWeight packed = PackedWeight.pack(weight, null, output, input, kernels.panel(), weightMemory.segment(),
                0, Storage.F32, false);
        return () -> kernels.packedMatMul(result, rows, packed, false, Activation.NONE);
    }

    /** Allows the error of a sum of k terms: k half-ulps of the largest that k normal products come to. */
    private void requireAgreement(MatMulPeer peer, float[] rows, float[] weight) {
        subjects.forEach(subject -> subject.work().run());
        double allowed = k * Math.ulp(4 * (float) Math.sqrt(k)) / 2;
        for (int cell = 0; cell < m * n; cell++) {
            double truth = 0;
            for (int i = 0; i < k; i++) {
                truth += (double) rows[cell / n * k + i] * weight[cell % n * k + i];
            }
            require("lanewise", result.get(cell / n, cell % n), truth, allowed);
            require(peer.subject(), peerResult.get(cell), truth, allowed);
        }
    }

    private void require(String subject, double product, double truth, double allowed) {
        if (!(Math.abs(product - truth) <= allowed)) {
            close();
            throw new IllegalStateException(
                    "%s must multiply rightly to be timed: m=%d, n=%d, k=%d, product=%s, truth=%s, allowed=%.0e"
                            .formatted(subject, m, n, k, product, truth, allowed));
        }
    }

    @Override
    public List<Subject> subjects() {
        return subjects;
    }

    @Override
    public void close() {
        memory.close();
        weightMemory.close();
    }
}
