package io.lanewise.kernels;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.kernels.simd.SimdKernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What tests need to know of the kernels that this JVM was told to run. */
public final class KernelsUnderTest {

    private KernelsUnderTest() {}

    /** Skips a test of what C2 makes of the kernels in a JVM that was started without it. */
    public static void assumeC2() {
        assumeTrue(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("TieredStopAtLevel")
                .getValue().equals("4"), "C2 is off: -XX:TieredStopAtLevel");
    }

    /** Returns whether the CPU lacks the vectors asked for: the JVM then does with arrays what they would do. */
    public static boolean isEmulated() {
        return Integer.getInteger(KernelChoice.BITS_PROPERTY, 0) > SimdKernels.preferredBits();
    }
}
