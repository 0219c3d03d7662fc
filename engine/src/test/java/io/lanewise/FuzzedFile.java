package io.lanewise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import com.sun.management.ThreadMXBean;

/** One file that a fuzz test fills with input after input, and the bound on what reading it may allocate. */
public final class FuzzedFile {

    /** In memory where Linux has it: a disk would be written to thousands of times a second. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path path;
    private final FileChannel channel;

    /** Makes an empty file, which is gone when the JVM ends. */
    public FuzzedFile() {
        try {
            path = Files.isWritable(SHARED_MEMORY)
                    ? Files.createTempFile(SHARED_MEMORY, "fuzzed", ".safetensors")
                    : Files.createTempFile("fuzzed", ".safetensors");
            path.toFile().deleteOnExit();
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the content. */
    public Path write(byte[] bytes) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(bytes), 0);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Does the work and asserts that it allocated no more on the heap than allowed. What loads classes passes the second time.
     *
     * @param bytes on the heap, freed or not, in this thread
     */
    public static void requireAllocatesAtMost(long bytes, Runnable work) {
        if (allocatedBy(work) > bytes) {
            long again = allocatedBy(work);
            if (again > bytes) {
                throw new AssertionError(
                        "work must not allocate more than allowed: allocated=" + again + ", allowed=" + bytes);
            }
        }
    }

    private static long allocatedBy(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
