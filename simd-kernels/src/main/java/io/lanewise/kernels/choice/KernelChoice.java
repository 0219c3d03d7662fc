package io.lanewise.kernels.choice;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

import io.lanewise.kernels.JvmOption;
import io.lanewise.kernels.KernelForm;
import io.lanewise.kernels.KernelStatus;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.scalar.ScalarKernels;
import io.lanewise.kernels.simd.SimdKernels;
import io.lanewise.memory.unchecked.AddressSpace;

/**
 * Chooses the kernels, once per JVM: the Vector API where C2 turns it into vector instructions, else scalar loops and one
 * warning that says which flag would change that.
 *
 * <p>No SIMD class is loaded before it is chosen: without the vector module that would fail.
 */
public final class KernelChoice {

    /** System property: 128, 256 or 512 chooses a width, 0 the scalar loops. */
    public static final String BITS_PROPERTY = "lanewise.vector.bits";

    /** System property: {@code true} has SIMD kernels serve from the first call on, compiled or not; for tests. */
    public static final String UNTRIED_PROPERTY = "lanewise.kernels.untried";

    private static final Kernels BEST = choose(System.getProperty(BITS_PROPERTY));

    private static final String MODULE = "jdk.incubator.vector";
    private static final int FEWEST_BITS = 128;

    private KernelChoice() {}

    /** Returns the kernels that this JVM runs fastest, deciding it on the first call. */
    public static Kernels best() {
        return BEST;
    }

    /** Chooses, given the system property's value or null. An {@link Error} passes a static initializer as it is. */
    static Kernels choose(String bits) {
        if ("0".equals(bits)) {
            return new ScalarKernels(BITS_PROPERTY + "=0");
        }
        if (bits != null && !bits.matches("128|256|512")) {
            throw new ExceptionInInitializerError(
                    "vector width must be 0, 128, 256 or 512: " + BITS_PROPERTY + "=" + bits);
        }
        String obstacle = obstacle(bits != null);
        if (obstacle == null) {
            return simd(bits == null ? SimdKernels.preferredBits() : Integer.parseInt(bits));
        }
        warn(obstacle);
        return new ScalarKernels(obstacle);
    }

    /** Makes kernels that serve once they are compiled; never where the CPU has no such vectors, which are objects for good then. */
    private static Kernels simd(int bits) {
        if (Boolean.getBoolean(UNTRIED_PROPERTY)) {
            return new SimdKernels();
        }
        int lanes = bits / Float.SIZE;
        if (bits > SimdKernels.preferredBits()) {
            String obstacle = "this CPU has no vectors of " + bits + " bits; remove -D" + BITS_PROPERTY;
            warn(obstacle);
            return new ScalarKernels(obstacle, lanes);
        }
        return new ServedKernels(new ScalarKernels("twins", lanes), new Admission(AdmissionRules.ofThisJvm()));
    }

    private static void warn(String obstacle) {
        System.getLogger(KernelChoice.class.getName()).log(Level.WARNING,
                "Lanewise runs many times slower than it could, on scalar loops: " + obstacle);
    }

    /**
     * Starts to try, in the background, kernels that are about to be needed and are not tried yet. Whoever needs them no more says so
     * by {@link #release}, once for each call of this.
     *
     * @param allocatedBytes returns what the calling thread has allocated so far
     * @param afterwards what else is to be done in the background, once no kernel is on trial any more or only such of many tiles are left;
     *        it must not throw, and is left undone where nobody needs kernels by then
     */
    public static void prepare(Set<KernelForm> forms, LongSupplier allocatedBytes, Runnable afterwards) {
        if (BEST instanceof ServedKernels served) {
            served.admission().prepare(forms, allocatedBytes, afterwards);
        }
    }

    /** Notes that somebody who had kernels prepared is done with them: where nobody needs any, none is tried. */
    public static void release() {
        if (BEST instanceof ServedKernels served) {
            served.admission().release();
        }
    }

    /**
     * Waits until all kernels that were needed so far serve by SIMD, or never will in this JVM; an interrupt ends it.
     *
     * @return whether none is tried any more
     */
    public static boolean await(Duration most) {
        return !(BEST instanceof ServedKernels served) || served.admission().await(most);
    }

    /** Returns how the kernels run that are needed so far; nothing where there are scalar loops alone. */
    public static List<KernelStatus> statuses() {
        return BEST instanceof ServedKernels served ? served.admission().statuses() : List.of();
    }

    /** Returns what keeps SIMD from running, and the flag to change; null if nothing does. */
    private static String obstacle(boolean widthIsGiven) {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "the vector module is not there; add --add-modules " + MODULE;
        }
        if (System.getProperty("java.vm.info", "").contains("interpreted mode")) {
            return "the JVM only interprets; remove -Xint";
        }
        if (!System.getProperty("java.vm.name", "").contains("Server VM")) {
            return "this JVM has no C2 compiler: java.vm.name=" + System.getProperty("java.vm.name")
                    + "; use a HotSpot server VM";
        }
        String lastTier = JvmOption.value("TieredStopAtLevel");
        boolean clientCompiler = System.getProperty("java.vm.info", "").contains("emulated-client");
        if (clientCompiler || lastTier != null && !"4".equals(lastTier)) {
            return "the C2 compiler is off; remove -XX:TieredStopAtLevel";
        }
        if ("false".equals(JvmOption.value("UseFMA"))) {
            return "fused multiply-add is off or not in this CPU; if it is off, remove -XX:-UseFMA";
        }
        if (!widthIsGiven && SimdKernels.preferredBits() < FEWEST_BITS) {
            return "vectors are shorter than " + FEWEST_BITS
                    + " bits; if a flag makes them so, remove -XX:MaxVectorSize";
        }
        if (!AddressSpace.isReached()) { // last, because the JVM may warn of what it lets happen
            return "this JVM denies native access; add --enable-native-access="
                    + Objects.requireNonNullElse(AddressSpace.class.getModule().getName(), "ALL-UNNAMED");
        }
        return null;
    }
}
