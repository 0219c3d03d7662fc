package io.lanewise.bench.peers.openblas;

import java.nio.FloatBuffer;

import io.lanewise.bench.peers.MatMulPeer;
import io.lanewise.bench.peers.natives.NativeFunctions;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

/** {@code cblas_sgemm} of OpenBLAS, on one thread. */
public final class OpenBlas implements MatMulPeer {

    /** For the service loader. */
    public OpenBlas() {}

    @Override
    public String subject() {
        return "openblas";
    }

    @Override
    public String describe() {
        useOneThread();
        return "kernel %s, threads %d, %s".formatted(NativeFunctions.text("openblas_get_corename"),
                NativeFunctions.integer("openblas_get_num_threads"), NativeFunctions.text("openblas_get_config").strip());
    }

    @Override
    public Runnable prepare(FloatBuffer result, FloatBuffer rows, FloatBuffer weight, int m, int n, int k) {
        useOneThread();
        FloatPointer c = new FloatPointer(result);
        FloatPointer a = new FloatPointer(rows);
        FloatPointer b = new FloatPointer(weight);
        return () -> cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, n);
    }

    private static void useOneThread() {
        Loader.load(openblas_nolapack.class);
        NativeFunctions.set("openblas_set_num_threads", 1);
    }
}
