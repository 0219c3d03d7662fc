package io.lanewise.runtime;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import io.lanewise.memory.Block;

/**
 * The memory of one result: grows to the largest run so far, and is reused by every run that fits. Shaped by the caller's
 * thread before the workers start.
 */
public final class OutputTensor implements AutoCloseable {

    private final String name;
    private final int elementBytes;
    private Block block;
    private MemorySegment segment = MemorySegment.NULL;
    private long[] shape = {};
    private FloatBuffer floats;

    /** Makes a result without room; elements of 4 bytes are float32, those of 1 byte are 0 or 1. */
    public OutputTensor(String name, int elementBytes) {
        this.name = name;
        this.elementBytes = elementBytes;
    }

    /** Makes room for a result of three axes; allocates nothing if the shape is that of the last run. */
    public void shape(long first, long second, long third) {
        if (shape.length != 3 || shape[0] != first || shape[1] != second || shape[2] != third) {
            reshape(new long[]{first, second, third});
        }
    }

    /** Makes room for a result of four axes; allocates nothing if the shape is that of the last run. */
    public void shape(long first, long second, long third, long fourth) {
        if (shape.length != 4 || shape[0] != first || shape[1] != second || shape[2] != third || shape[3] != fourth) {
            reshape(new long[]{first, second, third, fourth});
        }
    }

    private void reshape(long[] wanted) {
        long bytes = elementBytes;
        for (long size : wanted) {
            bytes = Math.multiplyExact(bytes, size);
        }
        if (block == null || block.bytes() < bytes) {
            close();
            block = new Block(bytes);
        }
        segment = block.segment().asSlice(0, bytes);
        shape = wanted;
        floats = null;
    }

    /** Returns the memory of the result, row-major and dense. */
    public MemorySegment segment() {
        return segment;
    }

    /** Returns the shape of the last run. */
    public long[] shape() {
        return shape.clone();
    }

    /** Returns the result's name. */
    public String name() {
        return name;
    }

    /** Says whether the elements are float32; otherwise they are bytes, 0 or 1. */
    public boolean isFloats() {
        return elementBytes == Float.BYTES;
    }

    /** Returns a read-only view of the floats. */
    public FloatBuffer floats() {
        if (floats == null) {
            floats = segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().asReadOnlyBuffer();
        }
        return floats;
    }

    /** Returns the address range's overlap with other memory. */
    boolean overlaps(long address, long bytes) {
        return block != null && address != 0 && address < block.segment().address() + block.bytes()
                && block.segment().address() < address + bytes;
    }

    @Override
    public void close() {
        if (block != null) {
            block.close();
            block = null;
        }
    }
}
