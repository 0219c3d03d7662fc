package io.lanewise.misuse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

import io.lanewise.Tensor;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

/** Every sort of memory that a caller may come with: puts cells into new memory of the sort, and a tensor over it. */
enum Sort {
    ARRAY(cells -> new Held(cells.copy(), MemorySegment.ofArray(cells.floats().clone()), null)),

    DIRECT(cells -> inBuffer(cells, direct(cells, 0).asFloatBuffer())),

    READ_ONLY(cells -> inBuffer(cells, direct(cells, 0).asFloatBuffer().asReadOnlyBuffer())),

    MISALIGNED(cells -> inBuffer(cells, floats(direct(cells, 3).position(3)))),

    CONFINED(cells -> inArena(cells, Arena.ofConfined(), 0)),

    SHARED(cells -> inArena(cells, Arena.ofShared(), 0)),

    SHARED_MISALIGNED(cells -> inArena(cells, Arena.ofShared(), 5)),

    AUTOMATIC(cells -> inSegment(cells, Arena.ofAuto().allocateFrom(JAVA_FLOAT, cells.floats()), null)),

    MAPPED(cells -> {
        Arena arena = Arena.ofShared();
        return inSegment(cells, mapped(arena, cells), arena);
    }),

    BUFFER_OF_SEGMENT(cells -> {
        Held held = SHARED.hold(cells);
        return new Held(Tensor.of(floats(held.memory().asByteBuffer()), cells.shape()), held.memory(), held.arena());
    }),

    AGRONA(cells -> {
        ByteBuffer bytes = direct(cells, 7);
        UnsafeBuffer buffer = new UnsafeBuffer(bytes, 7, bytes.capacity() - 7);
        return new Held(Tensor.of(buffer, cells.shape()), MemorySegment.ofBuffer(bytes.position(7)), null);
    }),

    /** The buffer sees other memory after it was wrapped. */
    AGRONA_OVER_SEGMENT(cells -> {
        Held held = SHARED.hold(cells);
        UnsafeBuffer buffer = new UnsafeBuffer(held.memory().asByteBuffer());
        Tensor tensor = Tensor.of(buffer, cells.shape());
        buffer.wrap(new byte[1]);
        return new Held(tensor, held.memory(), held.arena());
    }),

    AGRONA_AT_ADDRESS(cells -> {
        Held held = AUTOMATIC.hold(cells);
        UnsafeBuffer buffer = new UnsafeBuffer(held.memory().address(), (int) held.memory().byteSize());
        return new Held(Tensor.of(buffer, cells.shape()), held.memory(), null);
    }),

    /** The buffer moves to larger memory after it was wrapped. */
    AGRONA_EXPANDABLE(cells -> {
        int bytes = cells.floats().length * Float.BYTES;
        ExpandableDirectByteBuffer buffer = new ExpandableDirectByteBuffer(bytes);
        buffer.putBytes(0, direct(cells, 0), bytes);
        Tensor tensor = Tensor.of(buffer, cells.shape());
        buffer.putByte(4 * bytes, (byte) 1);
        return new Held(tensor, MemorySegment.ofArray(cells.floats().clone()), null);
    }),

    NO_MEMORY("a tensor wraps memory, this buffer has none: address=0",
            cells -> Tensor.of(new UnsafeBuffer(0, cells.floats().length * Float.BYTES), cells.shape())),

    HEAP_BUFFER("a tensor wraps off-heap memory, use copyOf for arrays: buffer=heap, shape=",
            cells -> Tensor.of(FloatBuffer.wrap(cells.floats()), cells.shape())),

    HEAP_SEGMENT("a tensor wraps off-heap memory, use copyOf for arrays: segment=heap, shape=",
            cells -> Tensor.of(MemorySegment.ofArray(cells.floats()), cells.shape())),

    HEAP_AGRONA("a tensor wraps off-heap memory, use copyOf for arrays: buffer=heap, shape=",
            cells -> Tensor.of(
                    new UnsafeBuffer(ByteBuffer.allocate(cells.floats().length * Float.BYTES).asReadOnlyBuffer()),
                    cells.shape())),

    OTHER_BYTE_ORDER("a tensor's floats must be in native byte order: order=",
            cells -> Tensor.of(direct(cells, 0).order(otherOrder()).asFloatBuffer(), cells.shape())),

    TOO_SHORT("a tensor's memory must be as large as its shape says: shape=",
            cells -> Tensor.of(direct(cells, 0).limit(cells.floats().length * Float.BYTES - 1).asFloatBuffer(),
                    cells.shape())),

    TOO_LONG("a tensor's memory must be as large as its shape says: shape=",
            cells -> Tensor.of(direct(cells, 4).asFloatBuffer(), cells.shape())),

    NEGATIVE("a tensor's sizes must not be negative nor overflow: shape=",
            cells -> Tensor.copyOf(cells.floats(), -1, -cells.floats().length)),

    OVERFLOWING("a tensor's sizes must not be negative nor overflow: shape=",
            cells -> Tensor.copyOf(cells.floats(), cells.floats().length, 1L << 62));

    private final String rule;
    private final Function<Cells, Held> hold;

    Sort(Function<Cells, Held> hold) {
        this.rule = null;
        this.hold = hold;
    }

    Sort(String rule, Consumer<Cells> wrap) {
        this.rule = rule;
        this.hold = cells -> {
            wrap.accept(cells);
            return null;
        };
    }

    /** Returns the beginning of the message with which this sort is refused; null where it is not. */
    String rule() {
        return rule;
    }

    /** Puts cells into new memory of this sort. */
    Held hold(Cells cells) {
        return hold.apply(cells);
    }

    private static Held inBuffer(Cells cells, FloatBuffer floats) {
        return new Held(Tensor.of(floats, cells.shape()), MemorySegment.ofBuffer(floats), null);
    }

    private static Held inArena(Cells cells, Arena arena, int offset) {
        long bytes = (long) cells.floats().length * Float.BYTES;
        MemorySegment segment = arena.allocate(offset + bytes, Float.BYTES).asSlice(offset, bytes);
        MemorySegment.copy(cells.floats(), 0, segment, JAVA_FLOAT_UNALIGNED, 0, cells.floats().length);
        return inSegment(cells, segment, arena);
    }

    private static Held inSegment(Cells cells, MemorySegment segment, Arena arena) {
        return new Held(Tensor.of(segment, cells.shape()), segment, arena);
    }

    private static ByteBuffer direct(Cells cells, int offset) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(offset + cells.floats().length * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        floats(bytes.duplicate().position(offset)).put(cells.floats());
        return bytes;
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
        return bytes.slice().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static ByteOrder otherOrder() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static MemorySegment mapped(Arena arena, Cells cells) {
        try {
            Path file = Files.createTempFile("lanewise", ".floats");
            try (FileChannel channel = FileChannel.open(file, READ, WRITE, DELETE_ON_CLOSE)) {
                channel.write(direct(cells, 0));
                return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
