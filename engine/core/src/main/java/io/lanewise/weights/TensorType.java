package io.lanewise.weights;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Names the element types that Lanewise reads and writes, in the order in which a file holds them: wider types first,
 * which keeps every tensor aligned to its own element.
 */
public enum TensorType {
    /** Signed 64-bit integer. */
    I64(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** IEEE 754 double. */
    F64(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** IEEE 754 float. */
    F32(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** Signed 32-bit integer. */
    I32(ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** The upper half of a float: 8 bits of exponent, 7 of fraction. */
    BF16(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** IEEE 754 half. */
    F16(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN)),
    /** One byte, 0 or 1. */
    BOOL(ValueLayout.JAVA_BYTE);

    /** The other types of the format, known by name so that a file that uses one is told apart from a broken file. */
    private static final Set<String> UNSUPPORTED = Set.of("U64", "C64", "U32", "U16", "I16", "U8", "I8", "F8_E4M3",
            "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "F6_E2M3", "F6_E3M2", "F4");

    private final ValueLayout layout;

    TensorType(final ValueLayout layout) {
        this.layout = layout;
    }

    /**
     * Returns the size of one element.
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
     *                             have brought it back; the reference reader refuses that too
     */
    long bytesOf(final List<Long> shape) {
        long elements = 1;
        for (final long dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        return Math.multiplyExact(elements, layout.byteSize());
    }

    static Optional<TensorType> named(final String name) {
        for (final TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    static boolean isUnsupported(final String name) {
        return UNSUPPORTED.contains(name);
    }
}
