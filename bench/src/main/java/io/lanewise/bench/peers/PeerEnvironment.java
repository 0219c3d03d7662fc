package io.lanewise.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The environment in which peers are measured: without the variables by which a machine's owner settles what a native library
 * does. {@code OPENBLAS_CORETYPE=Haswell}, say, holds OpenBLAS to AVX2 on a CPU with AVX-512 and halves its speed. A peer gets
 * its best, which is what the library chooses by itself; how many threads it takes is told to it by its own API.
 */
public final class PeerEnvironment {

    /** What the names of such variables begin with. */
    private static final List<String> PREFIXES = List.of(
            "OPENBLAS_", "GOTO", // OpenBLAS, and what it was called
            "MKL_", "DNNL_", "ONEDNN_", // in PyTorch
            "ATEN_", "TORCH_", "PYTORCH_", // PyTorch, and which build of it DJL loads
            "OMP_", "GOMP_", "KMP_", // the threads of all of them
            "ORT_", // ONNX Runtime
            "RAYON_", "TOKENIZERS_", // the tokenizers behind DJL
            "GLIBC_TUNABLES"); // hides instructions of the CPU from the C library

    /** A library that counts its users does so in a thread of its own; this one, where it finds no shell, dies of it. */
    private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";

    private PeerEnvironment() {}

    /** Returns what has to go from an environment, by name. */
    public static Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>(environment);
        settings.keySet().removeIf(name -> !isSetting(name));
        return settings;
    }

    private static boolean isSetting(String name) {
        return !name.equals(NO_TELEMETRY) && PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Takes away from an environment what has to go, and keeps peers from telling others that they run. */
    public static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(PeerEnvironment::isSetting);
        environment.put(NO_TELEMETRY, "1");
    }

    /**
     * Refuses to measure a peer in a process that somebody started otherwise.
     *
     * @throws IllegalStateException if there is such a variable
     */
    public static void requireClean() {
        Map<String, String> settings = settings(System.getenv());
        if (!settings.isEmpty()) {
            throw new IllegalStateException(
                    "a peer must be measured without settings of its library in the environment: " + said(settings));
        }
    }

    /** Writes {@code NAME=value, NAME=value}. */
    public static String said(Map<String, String> settings) {
        return settings.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
