package io.lanewise.cli;

import org.agrona.concurrent.UnsafeBuffer;

/** The JVM flags that matter to Lanewise on the class path, of which it needs the first. */
enum JvmFlag {

    /** Makes the Vector API readable. */
    VECTOR_MODULE("--add-modules jdk.incubator.vector", "SIMD") {
        @Override
        boolean isPresent() {
            return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        }
    },

    /** Lets Agrona use the JDK's own access to memory, by which kernels then reach it without a warning. */
    AGRONA_EXPORT("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED",
            "Agrona's buffers as tensors, and no warning of native access") {
        @Override
        boolean isPresent() {
            return Object.class.getModule().isExported("jdk.internal.misc", UnsafeBuffer.class.getModule());
        }
    },

    /** Lets kernels reach memory by its address. */
    NATIVE_ACCESS("--enable-native-access=ALL-UNNAMED", "no warning of native access") {
        @Override
        boolean isPresent() {
            return JvmFlag.class.getModule().isNativeAccessEnabled();
        }
    };

    private final String text;
    private final String gain;

    JvmFlag(String text, String gain) {
        this.text = text;
        this.gain = gain;
    }

    /** Says whether this JVM was started with it, or with something to the same effect. */
    abstract boolean isPresent();

    /** Says what it buys. */
    String gain() {
        return gain;
    }

    @Override
    public String toString() {
        return text;
    }
}
