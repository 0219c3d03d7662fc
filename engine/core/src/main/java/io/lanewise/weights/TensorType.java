package io.lanewise.weights;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Names the element types of the format, in the order in which a file holds them: wider types first, which keeps every tensor
 * aligned to its own element. Lanewise computes with float32, to which F16 and BF16 are widened, and reads I64, I32, F64 and BOOL;
 * tensors of the other types may be there, and are no good to anybody here.
 */
public enum TensorType {
    /** Signed 64-bit integer. */
    I64(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** Unsigned 64-bit integer. */
    U64(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** IEEE 754 double. */
    F64(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** Two IEEE 754 floats, real and imaginary. */
    C64(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** IEEE 754 float. */
    F32(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** Signed 32-bit integer. */
    I32(ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** Unsigned 32-bit integer. */
    U32(ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** The upper half of a float: 8 bits of exponent, 7 of fraction. */
    BF16(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** IEEE 754 half. */
    F16(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** Signed 16-bit integer. */
    I16(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** Unsigned 16-bit integer. */
    U16(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** One byte, 0 or 1. */
    BOOL(ValueLayout.JAVA_BYTE),
    /** Unsigned byte. */
    U8(ValueLayout.JAVA_BYTE),
    /** Signed byte. */
    I8(ValueLayout.JAVA_BYTE),
    /** A byte of 4 bits of exponent, 3 of fraction. */
    F8_E4M3(ValueLayout.JAVA_BYTE),
    /** The same without infinity, and one zero. */
    F8_E4M3FNUZ(ValueLayout.JAVA_BYTE),
    /** A byte of 5 bits of exponent, 2 of fraction. */
    F8_E5M2(ValueLayout.JAVA_BYTE),
    /** The same without infinity, and one zero. */
    F8_E5M2FNUZ(ValueLayout.JAVA_BYTE),
    /** A byte of exponent alone. */
    F8_E8M0(ValueLayout.JAVA_BYTE),
    /** Six bits: 2 of exponent, 3 of fraction. */
    F6_E2M3(ValueLayout.JAVA_BYTE, 6),
    /** Six bits: 3 of exponent, 2 of fraction. */
    F6_E3M2(ValueLayout.JAVA_BYTE, 6),
    /** Four bits. */
    F4(ValueLayout.JAVA_BYTE, 4);

    private final ValueLayout layout;
    private final int bits;

    TensorType(final ValueLayout layout) {
        this(layout, (int) layout.byteSize() * Byte.SIZE);
    }

    TensorType(final ValueLayout layout, final int bits) {
        this.layout = layout;
        this.bits = bits;
    }

    /**
     * Returns the size of one element, up to whole bytes.
     *
     * @return bytes per element
     */
    public int bytes() {
        return (int) layout.byteSize();
    }

    /** Returns how an element lies in a file: little endian, at any address. */
    ValueLayout layout() {
        return layout;
    }

    /**
     * Returns the bytes of a tensor of this type.
     *
     * @throws ArithmeticException if a product along the way does not fit into 63 bits, even where a later 0 would
     *                             have brought it back, or the elements do not fill whole bytes; the reference reader refuses both
     */
    long bytesOf(final List<Long> shape) {
        long elements = 1;
        for (final long dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        if (bits % Byte.SIZE == 0) {
            return Math.multiplyExact(elements, layout.byteSize());
        }
        final long allBits = Math.multiplyExact(elements, (long) bits);
        if (allBits % Byte.SIZE != 0) {
            throw new ArithmeticException("elements must fill whole bytes: elements=" + elements + ", type=" + this);
        }
        return allBits / Byte.SIZE;
    }

    static Optional<TensorType> named(final String name) {
        for (final TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
