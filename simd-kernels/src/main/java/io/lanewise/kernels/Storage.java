package io.lanewise.kernels;

/** How a packed weight's numbers are stored; they are multiplied as floats. */
public enum Storage {
    /** As floats. */
    F32(Float.BYTES),
    /** As the upper halves of floats: see {@link BFloat16}. */
    BF16(Short.BYTES);

    private final int bytes;

    Storage(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the bytes of a number. */
    public int bytes() {
        return bytes;
    }
}
