package io.lanewise.cli;

import org.agrona.concurrent.UnsafeBuffer;

/** The JVM flags that Lanewise needs on the class path. */
enum JvmFlag {

    /** Makes the Vector API readable. */
    VECTOR_MODULE("--add-modules jdk.incubator.vector") {
        @Override
        boolean isPresent() {
            return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        }
    },

    /** Lets Agrona use the JDK's own access to memory. */
    AGRONA_EXPORT("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED") {
        @Override
        boolean isPresent() {
            return Object.class.getModule().isExported("jdk.internal.misc", UnsafeBuffer.class.getModule());
        }
    };

    private final String text;

    JvmFlag(String text) {
        this.text = text;
    }

    /** Says whether this JVM was started with it, or with something to the same effect. */
    abstract boolean isPresent();

    @Override
    public String toString() {
        return text;
    }
}
