package io.lanewise.bench.peers.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** Sessions of ONNX Runtime with all its graph optimizations, one operator at a time. */
final class OrtSessions {

    private OrtSessions() {}

    /** Opens a model of so many bytes; the caller closes it. */
    static OrtSession open(byte[] model, int threads) {
        try (OrtSession.SessionOptions options = options(threads)) {
            return OrtEnvironment.getEnvironment().createSession(model, options);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns options that the caller closes. */
    static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        return options;
    }

    static String describe() {
        return "ONNX Runtime %s, providers %s, threads 1 as it was told; it does not name its kernels"
                .formatted(OrtEnvironment.getEnvironment().getVersion(), OrtEnvironment.getAvailableProviders());
    }
}
