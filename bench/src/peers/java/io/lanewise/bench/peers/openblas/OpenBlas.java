package io.lanewise.bench.peers.openblas;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;

import io.lanewise.bench.peers.MatMulPeer;
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
    public Runnable prepare(FloatBuffer result, FloatBuffer rows, FloatBuffer weight, int m, int n, int k) {
        useOneThread();
        FloatPointer c = new FloatPointer(result);
        FloatPointer a = new FloatPointer(rows);
        FloatPointer b = new FloatPointer(weight);
        return () -> cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, n);
    }

    // The Java binding leaves this function out.
    @SuppressWarnings("restricted")
    private static void useOneThread() {
        Loader.load(openblas_nolapack.class);
        try {
            Linker.nativeLinker().downcallHandle(
                    SymbolLookup.loaderLookup().find("openblas_set_num_threads").orElseThrow(),
                    FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(1);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS must take the number of threads", e);
        }
    }
}
