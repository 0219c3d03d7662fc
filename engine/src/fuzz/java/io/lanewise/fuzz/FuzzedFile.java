package io.lanewise.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import com.sun.management.ThreadMXBean;

/** One file that a fuzz test fills with input after input, and the bound on what reading it may take. */
public final class FuzzedFile {

    /** Ends an input that never ends; long, because a machine that pauses is no finding. What is slow is found by its CPU time. */
    public static final int HANG_SECONDS = 120;

    /** In memory where Linux has it: a disk would be written to thousands of times a second. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long MOST_NANOS = 5_000_000_000L;

    private final Path path;
    private final FileChannel channel;

    /**
     * Makes an empty file, which is gone when the JVM ends.
     *
     * @param suffix such as {@code .safetensors}
     */
    public FuzzedFile(String suffix) {
        try {
            path = Files.isWritable(SHARED_MEMORY)
                    ? Files.createTempFile(SHARED_MEMORY, "fuzzed", suffix)
                    : Files.createTempFile("fuzzed", suffix);
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

    /** Returns what reading a file may allocate: a parser's buffers, then a small multiple of the file. */
    public static long mostBytes(long fileBytes) {
        return 512 * 1024 + 64 * fileBytes;
    }

    /**
     * Does the work and asserts that it took little: what loads classes passes the second time.
     *
     * @param bytes at most on the heap, freed or not, in this thread
     */
    public static void requireCheap(long bytes, Runnable work) {
        if (!costOf(work).isWithin(bytes)) {
            Cost again = costOf(work);
            if (!again.isWithin(bytes)) {
                throw new AssertionError("work must not take more than allowed: " + again + ", bytes=" + bytes
                        + ", nanos=" + MOST_NANOS);
            }
        }
    }

    /** Memory is counted and time is the thread's own, so that neither depends on what else the machine does. */
    private record Cost(long bytes, long nanos) {

        boolean isWithin(long allowedBytes) {
            return bytes <= allowedBytes && nanos <= MOST_NANOS;
        }
    }

    private static Cost costOf(Runnable work) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        work.run();
        return new Cost(THREADS.getCurrentThreadAllocatedBytes() - bytes,
                THREADS.getCurrentThreadCpuTime() - nanos);
    }
}
