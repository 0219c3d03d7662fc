package io.lanewise.memory;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Has Linux lay memory that is read again and again on huge pages, of 2 MiB as a rule: weights of 40 MB are 10,000 pages of 4 KiB, more
 * than a processor keeps addresses of, and each run reads all of them.
 *
 * <p>Memory that is in use already is laid anew, by {@code MADV_COLLAPSE}, which Linux has from 6.1 on: so a first answer waits
 * neither for that nor for the linker, which take 40 and 60 ms. Where Linux is older, is told to have no huge pages, or has none to
 * give, and where the JVM would warn of native access, all stays as it is.
 *
 * <p>all-MiniLM-L6-v2 takes 0.91, 0.89, 0.95, 0.98 and 0.99 of the time for 8, 16, 32, 64 and 128 tokens so, all of HGA 0.98 for one
 * sample (Zen 4, medians of three starts in turn).
 */
final class HugePages {

    /** Set to false, this system property has all memory left as it is. */
    private static final String PROPERTY = "lanewise.memory.hugePages";

    private static final Path SETTINGS = Path.of("/sys/kernel/mm/transparent_hugepage");
    private static final int COLLAPSE = 25;

    private HugePages() {}

    /** What of it needs the linker. */
    private static final class Linked {

        /** {@code int madvise(void *address, size_t length, int advice)}. */
        private static final MethodHandle MADVISE = madvise();

        @SuppressWarnings("restricted")
        private static MethodHandle madvise() {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow("madvise"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT));
        }
    }

    /**
     * Lays what a segment has of whole huge pages on such, and says whether it did. May take a millisecond for each, and has whoever reads
     * one meanwhile wait for it. Memory that is freed at the same time does no harm: what is at an address is left the same.
     */
    static boolean layUnder(MemorySegment segment) {
        if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))
                || !HugePages.class.getModule().isNativeAccessEnabled()) {
            return false;
        }
        try {
            long size = size();
            if (size == 0) {
                return false;
            }
            long start = Block.roundUp(segment.address(), size);
            long bytes = (segment.address() + segment.byteSize() - start) / size * size;
            return bytes > 0 && (int) Linked.MADVISE.invokeExact(start, bytes, COLLAPSE) == 0;
        } catch (Throwable unavailable) { // an error, too: of linking, or of memory
            return false;
        }
    }

    /** Returns the bytes of a huge page; 0 where there are none, or shall be none. */
    private static long size() throws IOException {
        Path enabled = SETTINGS.resolve("enabled");
        if (!Files.exists(enabled) || Files.readString(enabled).contains("[never]")) {
            return 0;
        }
        return Long.parseLong(Files.readString(SETTINGS.resolve("hpage_pmd_size")).strip());
    }
}
