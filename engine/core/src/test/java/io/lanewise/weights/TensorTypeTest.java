package io.lanewise.weights;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class TensorTypeTest {
    @ParameterizedTest
    @CsvSource({"F64,8", "I64,8", "F32,4", "I32,4", "F16,2", "BF16,2", "BOOL,1", "C64,8", "U8,1", "F8_E4M3,1"})
    void shouldKnowItsSize(final TensorType type, final int bytes) {
        assertEquals(bytes, type.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByItsExactName(final TensorType type) {
        assertEquals(Optional.of(type), TensorType.named(type.name()));
        assertEquals(Optional.empty(), TensorType.named(type.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void shouldFillWholeBytes() {
        assertEquals(3, TensorType.F6_E2M3.bytesOf(List.of(4L)));
        assertEquals(1, TensorType.F4.bytesOf(List.of(2L)));
        assertThrows(ArithmeticException.class, () -> TensorType.F4.bytesOf(List.of(3L)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"F6_E2M3", "F6_E3M2", "F4"})
    void shouldMultiplyExactly(final TensorType type) {
        assertEquals(type.bytes(), type.bytesOf(List.of()));
        assertEquals(0, type.bytesOf(List.of(3L, 0L, 5L)));
        assertEquals(15L * type.bytes(), type.bytesOf(List.of(3L, 5L)));
        assertEquals(Long.MAX_VALUE / 8 * type.bytes(), type.bytesOf(List.of(Long.MAX_VALUE / 8)));
        assertThrows(ArithmeticException.class, () -> type.bytesOf(List.of(Long.MAX_VALUE, 2L)));
        assertThrows(ArithmeticException.class, () -> type.bytesOf(List.of(1L << 32, 1L << 32, 0L)));
    }
}
