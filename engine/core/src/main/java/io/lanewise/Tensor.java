package io.lanewise;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

import io.lanewise.runtime.TensorData;
import org.agrona.DirectBuffer;

/**
 * Float32 values, or ids of tokens, in a row-major, dense shape, in memory that the caller owns.
 *
 * <p>Off-heap memory is used where it is, without a copy, and is only ever read; it must not change while a session runs on
 * it: floats that change meanwhile give results that mean nothing, though none that were not asked for. A tensor has no state of
 * its own and may be shared by threads.
 *
 * <p>What happens when the memory is freed, before a run or under it, depends on who knows of it:
 * <ul>
 * <li>Segments, and buffers over segments: the run throws an {@link IllegalStateException}, whichever thread closes the arena,
 * and the session stays usable. A confined arena serves sessions of one thread, in its own thread. Where many threads run, prefer
 * it and automatic arenas: closing a shared one disturbs all of them (see {@link Session}).
 * <li>Direct buffers: the tensor keeps them reachable, and so their memory. Freeing one by force, as Agrona's
 * {@code BufferUtil.free} does, is what nobody can notice.
 * <li>Agrona buffers over a bare address: the owner promises that the memory stays until the last run has returned. Nothing checks
 * this, and breaking it may end the JVM.
 * </ul>
 */
public final class Tensor {

    private final TensorData data;
    private final long[] shape;
    private final boolean ids;

    private Tensor(TensorData data, long[] shape, boolean ids) {
        this.data = data;
        this.shape = shape;
        this.ids = ids;
    }

    /** Describes ids whose memory and shape their owner changes between runs. */
    static Tensor ofChangingIds(TensorData data, long[] shape) {
        return new Tensor(data, shape, true);
    }

    /**
     * Wraps the remaining floats of a direct buffer, without a copy.
     *
     * @throws LanewiseException if the buffer is on the heap, not in native byte order, or not as large as the shape says
     */
    public static Tensor of(FloatBuffer floats, long... shape) {
        if (!floats.isDirect()) {
            throw new LanewiseException("a tensor wraps off-heap memory, use copyOf for arrays: buffer=heap, shape="
                    + Arrays.toString(shape));
        }
        if (floats.order() != ByteOrder.nativeOrder()) {
            throw new LanewiseException("a tensor's floats must be in native byte order: order=" + floats.order());
        }
        return of(MemorySegment.ofBuffer(floats), shape);
    }

    /**
     * Wraps a native segment, without a copy; running it after its arena is closed throws.
     *
     * <p>The segment may be that of a mapped file. If the file becomes shorter than it, a run throws {@link LanewiseException}
     * or takes what the file lost within its last page for zeros; the JVM and the session survive.
     *
     * @throws LanewiseException if the segment is on the heap, or not as large as the shape says
     */
    public static Tensor of(MemorySegment floats, long... shape) {
        if (!floats.isNative()) {
            throw new LanewiseException("a tensor wraps off-heap memory, use copyOf for arrays: segment=heap, shape="
                    + Arrays.toString(shape));
        }
        return checked(new TensorData.InSegment(floats.asReadOnly()), shape);
    }

    /**
     * Wraps an Agrona buffer as it is now, without a copy; wrapping other memory with the buffer later leaves the tensor as it is. A
     * buffer over a {@code ByteBuffer} keeps that alive; a buffer over a bare address is the caller's promise that the memory stays
     * there for as long as the tensor is used.
     *
     * @throws LanewiseException if the buffer is on the heap, over no memory, over an address where the JVM denies native
     *         access, or not as large as the shape says
     */
    public static Tensor of(DirectBuffer floats, long... shape) {
        if (floats.byteArray() != null) {
            throw new LanewiseException("a tensor wraps off-heap memory, use copyOf for arrays: buffer=heap, shape="
                    + Arrays.toString(shape));
        }
        ByteBuffer bytes = floats.byteBuffer();
        if (bytes != null) {
            MemorySegment whole = MemorySegment.ofBuffer(bytes.duplicate().clear());
            return of(whole.asSlice(floats.wrapAdjustment(), floats.capacity()), shape);
        }
        if (floats.addressOffset() <= 0) {
            throw new LanewiseException(
                    "a tensor wraps memory, this buffer has none: address=" + floats.addressOffset());
        }
        return checked(new TensorData.AtAddress(floats.addressOffset(), floats.capacity(), floats), shape);
    }

    /**
     * Copies an array.
     *
     * @throws LanewiseException if the array is not exactly as large as the shape says
     */
    public static Tensor copyOf(float[] floats, long... shape) {
        return checked(new TensorData.InSegment(MemorySegment.ofArray(floats.clone()).asReadOnly()), shape);
    }

    /**
     * Copies ids of tokens.
     *
     * @throws LanewiseException if the array is not exactly as large as the shape says
     */
    public static Tensor ids(int[] ids, long... shape) {
        return checked(new TensorData.InSegment(MemorySegment.ofArray(ids.clone()).asReadOnly()), shape, true);
    }

    private static Tensor checked(TensorData data, long[] shape) {
        return checked(data, shape, false);
    }

    private static Tensor checked(TensorData data, long[] shape, boolean ids) {
        long bytes = Float.BYTES;
        for (long size : shape) {
            if (size < 0 || size != 0 && bytes > Long.MAX_VALUE / size) {
                throw new LanewiseException(
                        "a tensor's sizes must not be negative nor overflow: shape=" + Arrays.toString(shape));
            }
            bytes *= size;
        }
        if (data.bytes() != bytes) {
            throw new LanewiseException(
                    "a tensor's memory must be as large as its shape says: shape=%s, needs=%d bytes, has=%d bytes"
                            .formatted(Arrays.toString(shape), bytes, data.bytes()));
        }
        return new Tensor(data, shape.clone(), ids);
    }

    /** Returns the sizes of the axes. */
    public long[] shape() {
        return shape.clone();
    }

    /** Says whether these are ids of tokens. */
    public boolean isIds() {
        return ids;
    }

    int rank() {
        return shape.length;
    }

    long size(int axis) {
        return shape[axis];
    }

    String describe() {
        return Arrays.toString(shape);
    }

    TensorData data() {
        return data;
    }
}
