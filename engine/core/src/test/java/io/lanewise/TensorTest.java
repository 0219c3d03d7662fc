package io.lanewise;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static io.lanewise.Thrown.assertRefused;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Tensors over every kind of memory: those that are there are used, all others refused with the rule. */
class TensorTest {

    private static final int FEATURES = 5;
    private static final int FLOATS = 2 * 3 * FEATURES;
    private static final float[] CELLS = cells();

    private static float[] cells() {
        Random random = new Random(1);
        float[] cells = new float[FLOATS];
        for (int i = 0; i < FLOATS; i++) {
            cells[i] = (float) random.nextGaussian();
        }
        return cells;
    }

    private static ByteBuffer direct(int offsetBytes) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(offsetBytes + FLOATS * Float.BYTES + 12)
                .order(ByteOrder.nativeOrder());
        for (int i = 0; i < FLOATS; i++) {
            bytes.putFloat(offsetBytes + i * Float.BYTES, CELLS[i]);
        }
        return bytes;
    }

    private static void assertReads(Tensor tensor) {
        try (Model model = RandomLayer.of("self-attention", FEATURES, 1).model();
                Session session = model.newSession()) {
            float[] expected = run(session, Tensor.copyOf(CELLS, 2, 3, FEATURES));
            assertArrayEquals(expected, run(session, tensor));
        }
    }

    private static float[] run(Session session, Tensor tensor) {
        float[] output = new float[FLOATS];
        session.run(Inputs.of("input", tensor)).floats("output").get(output);
        return output;
    }

    @Test
    void shouldWrapTheRemainingFloatsOfADirectBuffer() {
        FloatBuffer floats = direct(8).asFloatBuffer().position(2).limit(2 + FLOATS);
        assertReads(Tensor.of(floats, 2, 3, FEATURES));
    }

    @Test
    void shouldWrapANativeSegment() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(JAVA_FLOAT, CELLS);
            assertReads(Tensor.of(segment, 2, 3, FEATURES));
        }
    }

    @Test
    void shouldWrapAnUnsafeBufferOverPartOfADirectBuffer() {
        UnsafeBuffer buffer = new UnsafeBuffer(direct(12), 12, FLOATS * Float.BYTES);
        assertReads(Tensor.of(buffer, 2, 3, FEATURES));
    }

    @Test
    void shouldWrapAnUnsafeBufferOverASlice() {
        ByteBuffer slice = direct(16).position(16).slice().order(ByteOrder.nativeOrder());
        assertReads(Tensor.of(new UnsafeBuffer(slice, 0, FLOATS * Float.BYTES), 2, 3, FEATURES));
    }

    @Test
    void shouldWrapAnUnsafeBufferOverAnAddress() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(JAVA_FLOAT, CELLS);
            UnsafeBuffer buffer = new UnsafeBuffer(segment.address(), FLOATS * Float.BYTES);
            assertReads(Tensor.of(buffer, 2, 3, FEATURES));
        }
    }

    @Test
    void shouldReadMemoryThatIsNotAligned() {
        UnsafeBuffer buffer = new UnsafeBuffer(direct(3), 3, FLOATS * Float.BYTES);
        assertReads(Tensor.of(buffer, 2, 3, FEATURES));
    }

    @Test
    void shouldCopyAnArray() {
        float[] array = CELLS.clone();
        Tensor tensor = Tensor.copyOf(array, 2, 3, FEATURES);
        array[0] = Float.NaN;
        assertReads(tensor);
    }

    @Test
    void shouldTellItsShapeWithoutGivingItAway() {
        long[] shape = {2, 3, FEATURES};
        Tensor tensor = Tensor.copyOf(CELLS, shape);
        shape[0] = 7;
        tensor.shape()[1] = 7;
        assertArrayEquals(new long[]{2, 3, FEATURES}, tensor.shape());
    }

    @Test
    void shouldRefuseMemoryOnTheHeap() {
        assertRefused("a tensor wraps off-heap memory, use copyOf for arrays: buffer=heap, shape=[2, 3, 5]",
                () -> Tensor.of(FloatBuffer.wrap(CELLS), 2, 3, FEATURES));
        assertRefused("a tensor wraps off-heap memory, use copyOf for arrays: segment=heap, shape=[2, 3, 5]",
                () -> Tensor.of(MemorySegment.ofArray(CELLS), 2, 3, FEATURES));
        assertRefused("a tensor wraps off-heap memory, use copyOf for arrays: buffer=heap, shape=[2, 3, 5]",
                () -> Tensor.of(new UnsafeBuffer(new byte[FLOATS * Float.BYTES]), 2, 3, FEATURES));
        assertRefused("a tensor wraps off-heap memory, use copyOf for arrays: buffer=heap, shape=[2, 3, 5]",
                () -> Tensor.of(new UnsafeBuffer(ByteBuffer.allocate(FLOATS * Float.BYTES)), 2, 3, FEATURES));
    }

    @Test
    void shouldRefuseABufferOverNoMemory() {
        assertRefused("a tensor wraps memory, this buffer has none: address=0",
                () -> Tensor.of(new UnsafeBuffer(0, FLOATS * Float.BYTES), 2, 3, FEATURES));
    }

    @Test
    void shouldRefuseAnotherByteOrder() {
        ByteOrder other = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? ByteOrder.LITTLE_ENDIAN
                : ByteOrder.BIG_ENDIAN;
        FloatBuffer floats = ByteBuffer.allocateDirect(FLOATS * Float.BYTES).order(other).asFloatBuffer();
        assertRefused("a tensor's floats must be in native byte order: order=" + other,
                () -> Tensor.of(floats, 2, 3, FEATURES));
    }

    @Test
    void shouldRefuseAnotherSize() {
        String rule = "a tensor's memory must be as large as its shape says: ";
        assertRefused(rule + "shape=[2, 3, 4], needs=96 bytes, has=120 bytes", () -> Tensor.copyOf(CELLS, 2, 3, 4));
        assertRefused(rule + "shape=[2, 3, 6], needs=144 bytes, has=120 bytes", () -> Tensor.copyOf(CELLS, 2, 3, 6));
        FloatBuffer floats = direct(0).asFloatBuffer();
        assertRefused(rule + "shape=[2, 3, 5], needs=120 bytes, has=132 bytes",
                () -> Tensor.of(floats, 2, 3, FEATURES));
        UnsafeBuffer buffer = new UnsafeBuffer(direct(0), 4, 116);
        assertRefused(rule + "shape=[2, 3, 5], needs=120 bytes, has=116 bytes",
                () -> Tensor.of(buffer, 2, 3, FEATURES));
    }

    @Test
    void shouldRefuseShapesThatAreNone() {
        String rule = "a tensor's sizes must not be negative nor overflow: ";
        assertRefused(rule + "shape=[-2, -3, 5]", () -> Tensor.copyOf(CELLS, -2, -3, FEATURES));
        assertRefused(rule + "shape=[4294967296, 4294967296, 5]",
                () -> Tensor.copyOf(CELLS, 1L << 32, 1L << 32, FEATURES));
    }
}
