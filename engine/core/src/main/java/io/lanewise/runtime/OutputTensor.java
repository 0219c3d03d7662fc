package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Shape;
import io.lanewise.memory.Block;
import io.lanewise.memory.Zeros;

/**
 * The memory of one result: grows to the largest run so far, and is reused by every run that fits. Shaped by the caller's
 * thread before the workers start.
 */
public final class OutputTensor implements AutoCloseable {

    private static final int MOST_AXES = 4;

    private final String name;
    private final int elementBytes;
    private final long[] sizes = new long[MOST_AXES];
    private int axes;
    private long bytes;
    private Block block;
    private FloatBuffer floats;

    /** Makes a result without room; elements of 4 bytes are float32, of 8 whole numbers, those of 1 byte are 0 or 1. */
    public OutputTensor(String name, int elementBytes) {
        this.name = name;
        this.elementBytes = elementBytes;
    }

    /** Makes room for a result of one axis; allocates nothing if an earlier run was as large. */
    public void shape(long first) {
        shape(1, first, 1, 1, 1);
    }

    /** Makes room for a result of two axes; allocates nothing if an earlier run was as large. */
    public void shape(long first, long second) {
        shape(2, first, second, 1, 1);
    }

    /** Makes room for a result of three axes; allocates nothing if an earlier run was as large. */
    public void shape(long first, long second, long third) {
        shape(3, first, second, third, 1);
    }

    /** Makes room for a result of four axes; allocates nothing if an earlier run was as large. */
    public void shape(long first, long second, long third, long fourth) {
        shape(4, first, second, third, fourth);
    }

    /** Makes room for rows, so many a sequence; one row a sequence has no axis of its own. */
    public void shapeRows(int batch, Shape.Rows rows, int length) {
        int sequences = rows.length().sequences();
        if (rows.length().isOne()) {
            shape(batch, sequences, rows.features());
            dropAxis(sequences == 1, 1);
        } else {
            shape(batch, sequences, length, rows.features());
            dropAxis(sequences == 1, 1);
        }
    }

    /** Makes room for one number a sequence. */
    public void shapeNumbers(int batch, Shape.Numbers numbers) {
        shape(batch, numbers.sequences());
        dropAxis(numbers.sequences() == 1, 1);
    }

    /** Makes room for a number for each pair of rows. */
    public void shapePairs(int batch, Shape.Pairs pairs, int queries, int keys) {
        int sequences = pairs.queries().sequences();
        if (pairs.split() == HeadSplit.RESHAPED) {
            shape((long) batch * pairs.heads(), queries, keys);
        } else {
            shape(batch, (long) sequences * pairs.heads(), queries, keys);
            dropAxis(sequences * pairs.heads() == 1, 1);
        }
    }

    private void dropAxis(boolean isOne, int axis) {
        if (isOne) {
            System.arraycopy(sizes, axis + 1, sizes, axis, axes - axis - 1);
            axes--;
        }
    }

    private void shape(int count, long first, long second, long third, long fourth) {
        long wanted = Math.multiplyExact(Math.multiplyExact(first, second), Math.multiplyExact(third, fourth));
        long wantedBytes = Math.multiplyExact(wanted, (long) elementBytes);
        if (block == null || block.bytes() < wantedBytes) {
            close();
            block = new Block(wantedBytes);
        }
        if (bytes != wantedBytes) {
            floats = null;
        }
        bytes = wantedBytes;
        axes = count;
        sizes[0] = first;
        sizes[1] = second;
        sizes[2] = third;
        sizes[3] = fourth;
    }

    /** Writes zeros everywhere. */
    void clear() {
        Zeros.fill(block.segment(), 0, bytes);
    }

    /** Returns the memory of the result, row-major and dense; there may be more of it than the result needs. */
    MemorySegment memory() {
        return block.segment();
    }

    /**
     * Returns exactly the memory of the result, row-major and dense.
     *
     * @throws IllegalStateException if the session is closed
     */
    public MemorySegment segment() {
        if (block == null) {
            throw new IllegalStateException("an output must not be read after its session is closed: output=" + name);
        }
        return block.segment().asSlice(0, bytes);
    }

    /** Returns the shape of the last run. */
    public long[] shape() {
        return Arrays.copyOf(sizes, axes);
    }

    /** Returns the result's name. */
    public String name() {
        return name;
    }

    /** Says whether the elements are whole numbers of 64 bits. */
    public boolean isWhole() {
        return elementBytes == Long.BYTES;
    }

    /** Says whether the elements are float32; otherwise they are whole numbers, or bytes, 0 or 1. */
    public boolean isFloats() {
        return elementBytes == Float.BYTES;
    }

    /** Returns a read-only view of the floats. */
    public FloatBuffer floats() {
        if (floats == null) {
            floats = segment().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().asReadOnlyBuffer();
        }
        return floats;
    }

    /** Returns the address range's overlap with other memory. */
    boolean overlaps(long address, long bytes) {
        return block != null && address != 0 && address < block.segment().address() + block.bytes()
                && block.segment().address() < address + bytes;
    }

    /**
     * Frees the memory.
     *
     * @throws IllegalStateException if another thread is at work on it, such as writing it to a channel; it then stays
     */
    @Override
    public void close() {
        if (block != null) {
            free();
            block = null;
            floats = null;
        }
    }

    private void free() {
        try {
            block.close();
        } catch (IllegalStateException inUse) {
            throw new IllegalStateException(
                    "an output must not be in use elsewhere when its memory is freed: output=" + name, inUse);
        }
    }
}
