package io.lanewise.kernels;

/** How a packed weight's numbers are stored; they are multiplied as floats. */
public enum Storage {
    /** As floats. */
    F32(Float.BYTES, 0),
    /** As the upper halves of floats: see {@link BFloat16}. */
    BF16(Short.BYTES, 0),
    /** As bytes, with one float for each output column that they are multiples of: see {@link Int8}. */
    INT8(Byte.BYTES, Float.BYTES);

    private final int bytes;
    private final int scaleBytes;

    Storage(int bytes, int scaleBytes) {
        this.bytes = bytes;
        this.scaleBytes = scaleBytes;
    }

    /** Returns the bytes of a number. */
    public int bytes() {
        return bytes;
    }

    /** Returns the bytes that a column takes beside its numbers and its bias. */
    int scaleBytes() {
        return scaleBytes;
    }
}
