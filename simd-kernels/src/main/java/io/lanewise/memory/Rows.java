package io.lanewise.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A movable window of rows in off-heap memory: what every kernel takes.
 *
 * <p>The rows are float32, {@link #stride()} floats apart, of which the first {@link #width()} are in use. {@link #select}
 * is the door: it checks once that the chosen rows lie in the memory, so that a kernel need not check anything. The place
 * and shape never change; only the selected range does. A window belongs to one session (or one thread) and is not
 * thread-safe.
 */
public final class Rows {

    private final MemorySegment segment;
    private final long offsetBytes;
    private final int stride;
    private final int width;
    private final int capacity;
    private int first;
    private int count;

    /**
     * Describes {@code capacity} rows and selects all of them.
     *
     * @param segment the memory, off-heap, 4-byte aligned
     * @param offsetBytes where row 0 starts, a multiple of 4
     * @param capacity how many rows there are
     * @param width floats in use per row
     * @param stride floats from one row to the next, at least {@code width}, or anything for a single row
     * @throws IllegalArgumentException if the rows do not lie in the segment
     */
    public Rows(MemorySegment segment, long offsetBytes, int capacity, int width, int stride) {
        if (capacity < 0 || width < 0 || stride < width) {
            throw new IllegalArgumentException("rows must have a stride of at least their width: capacity=" + capacity
                    + ", width=" + width + ", stride=" + stride);
        }
        long end = capacity == 0 ? 0 : Math.addExact(offsetBytes, ((capacity - 1L) * stride + width) * Float.BYTES);
        if (!segment.isNative() || offsetBytes < 0 || offsetBytes % Float.BYTES != 0 || end > segment.byteSize()) {
            throw new IllegalArgumentException(
                    "rows must lie in off-heap memory: offset=" + offsetBytes + ", end=" + end
                            + ", bytes=" + segment.byteSize() + ", native=" + segment.isNative());
        }
        this.segment = segment;
        this.offsetBytes = offsetBytes;
        this.stride = stride;
        this.width = width;
        this.capacity = capacity;
        this.count = capacity;
    }

    /**
     * Selects the rows that the next kernel works on.
     *
     * @return this window
     * @throws IndexOutOfBoundsException if they are not all there
     */
    public Rows select(int first, int count) {
        if ((first | count) < 0 || count > capacity - first) {
            throw new IndexOutOfBoundsException(
                    "rows must lie in the window: first=" + first + ", count=" + count + ", capacity=" + capacity);
        }
        this.first = first;
        this.count = count;
        return this;
    }

    /** Returns the memory that holds the rows. */
    public MemorySegment segment() {
        return segment;
    }

    /** Returns the offset of the first selected row in the segment, in bytes. */
    public long firstByte() {
        return offsetBytes + (long) first * stride * Float.BYTES;
    }

    /**
     * Returns the address of the first selected row. Reading or writing there is unchecked: the memory has to stay allocated,
     * which for an automatic arena means reachable, until the kernel returns.
     *
     * @throws IllegalStateException if the memory was freed
     */
    public long address() {
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("rows must not be used after their memory is freed: capacity=" + capacity
                    + ", width=" + width);
        }
        return segment.address() + firstByte();
    }

    /** Returns the bytes from one row to the next. */
    public long strideBytes() {
        return (long) stride * Float.BYTES;
    }

    /** Returns the number of selected rows. */
    public int count() {
        return count;
    }

    /** Returns the floats in use per row. */
    public int width() {
        return width;
    }

    /** Returns the floats from one row to the next. */
    public int stride() {
        return stride;
    }

    /** Returns how many rows can be selected. */
    public int capacity() {
        return capacity;
    }

    /** Reads one cell of the selected rows; for tests and cold code. */
    public float get(int row, int column) {
        return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED,
                firstByte() + ((long) row * stride + column) * Float.BYTES);
    }

    /** Writes one cell of the selected rows; for tests and cold code. */
    public void set(int row, int column, float value) {
        segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, firstByte() + ((long) row * stride + column) * Float.BYTES,
                value);
    }

    /** Copies cells of a selected row to the start of an array. */
    public void read(int row, int column, float[] to, int cells) {
        read(row, column, to, 0, cells);
    }

    /** Copies cells of a selected row to a place in an array. */
    public void read(int row, int column, float[] to, int at, int cells) {
        MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT_UNALIGNED,
                firstByte() + ((long) row * stride + column) * Float.BYTES, to, at, cells);
    }

    /** Copies the start of an array to cells of a selected row. */
    public void write(int row, int column, float[] from, int cells) {
        MemorySegment.copy(from, 0, segment, ValueLayout.JAVA_FLOAT_UNALIGNED,
                firstByte() + ((long) row * stride + column) * Float.BYTES, cells);
    }

    /** Sets the cells of a selected row from one to before another. */
    public void fill(int row, int from, int to, float value) {
        for (int column = from; column < to; column++) {
            set(row, column, value);
        }
    }

    /** Says whether the selected rows hold nothing but zeros, none of them negative. */
    public boolean areZero() {
        for (int row = 0; row < count; row++) {
            if (!Zeros.areIn(segment, firstByte() + (long) row * stride * Float.BYTES, (long) width * Float.BYTES)) {
                return false;
            }
        }
        return true;
    }

    /** Writes zeros into every float of the selected rows, the unused ones at the end of a row included. */
    public void clear() {
        if (count > 0) {
            Zeros.fill(segment, firstByte(), ((count - 1L) * stride + width) * Float.BYTES);
        }
    }
}
