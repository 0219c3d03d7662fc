package io.lanewise.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Maps a whole file for reading and copies out of the mapping so that a file that shrinks is an exception. What a jar holds cannot be
 * mapped and is read instead, as is a file of any other file system than the machine's own.
 *
 * <p>The file stays open beside its mapping for the sake of its length: where a shortened file ends inside a page, the
 * rest of that page reads as zeros without a fault. {@link RandomAccessFile} asks for the length; a channel would close
 * itself when the asking thread is interrupted.
 */
final class MappedFile implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int READ_BYTES = 1 << 20;
    private static final int[] FIRST_ROW = {0};
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final RandomAccessFile file; // null where the file was read
    private final Arena arena;
    private final MemorySegment mapping;

    private MappedFile(final Path path, final RandomAccessFile file, final Arena arena, final MemorySegment mapping) {
        this.path = path;
        this.file = file;
        this.arena = arena;
        this.mapping = mapping;
    }

    static MappedFile open(final Path path) {
        requireRegularFile(path);
        final Arena arena = Arena.ofShared();
        RandomAccessFile file = null;
        MappedFile mapped = null;
        try {
            if (path.getFileSystem() == FileSystems.getDefault()) {
                file = new RandomAccessFile(path.toFile(), "r");
                mapped = new MappedFile(path, file, arena,
                        file.getChannel().map(MapMode.READ_ONLY, 0, file.length(), arena));
            } else {
                mapped = new MappedFile(path, null, arena, read(path, arena));
            }
            return mapped;
        } catch (final IOException | UnsupportedOperationException e) {
            throw WeightFileException.unreadable(path, e);
        } finally {
            if (mapped == null) {
                arena.close();
                closeQuietly(file);
            }
        }
    }

    private static MemorySegment read(final Path path, final Arena arena) throws IOException {
        final long claimed = Files.size(path);
        requireClaimed(path, claimed);
        final MemorySegment all = arena.allocate(claimed, Long.BYTES);
        try (InputStream in = Files.newInputStream(path)) {
            long at = 0;
            for (byte[] bytes = in.readNBytes(READ_BYTES); bytes.length > 0; bytes = in.readNBytes(READ_BYTES)) {
                if (bytes.length > all.byteSize() - at) {
                    throw new IOException("it is longer than its file system says");
                }
                MemorySegment.copy(bytes, 0, all, ValueLayout.JAVA_BYTE, at, bytes.length);
                at += bytes.length;
            }
            if (at < all.byteSize()) {
                throw new IOException("it is shorter than its file system says");
            }
        }
        return all;
    }

    /** An entry of an archive may claim any size: memory is for what was seen to be there. */
    private static void requireClaimed(final Path path, final long claimed) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            final byte[] bytes = new byte[READ_BYTES];
            long found = 0;
            for (int read = in.read(bytes); read >= 0 && found <= claimed; read = in.read(bytes)) {
                found += read;
            }
            if (found < claimed) {
                throw new IOException("it is shorter than its file system says");
            }
        }
    }

    /** Also keeps a pipe out, which would make the open wait for a writer. */
    private static void requireRegularFile(final Path path) {
        if (!Files.exists(path)) {
            throw new WeightFileException("file must exist: file=" + path);
        }
        if (Files.isDirectory(path)) {
            throw new WeightFileException("file must not be a directory: file=" + path);
        }
        if (!Files.isRegularFile(path)) {
            throw new WeightFileException("file must be a regular file: file=" + path);
        }
        if (!Files.isReadable(path)) {
            throw new WeightFileException("file must be readable: file=" + path);
        }
    }

    Path path() {
        return path;
    }

    long bytes() {
        return mapping.byteSize();
    }

    /**
     * Copies elements into an array.
     *
     * @param offset   where to start, in bytes
     * @param layout   how an element lies in the file
     * @param array    a primitive array of the layout's type, filled from its start
     * @param elements how many
     * @throws WeightFileException   if the file no longer has the length that was mapped
     * @throws IllegalStateException if the file is closed
     */
    void copy(final long offset, final ValueLayout layout, final Object array, final int elements) {
        requireOpen();
        try {
            MemorySegment.copy(mapping, layout, offset, array, 0, elements);
            requireLength();
        } catch (final InternalError e) {
            throw changed(e);
        } catch (final IllegalStateException e) {
            requireOpen();
            throw WeightFileException.unreadable(path, e);
        }
    }

    /** Copies F32, F16 or BF16 into memory as floats; otherwise as the other copy. Allocates nothing. */
    void copyFloats(final TensorType type, final long offset, final MemorySegment to, final long toByte,
            final int count) {
        copyRows(type, offset, FIRST_ROW, 1, count, to, toByte, 0);
    }

    /**
     * Copies rows of a matrix that starts at {@code offset}; otherwise as the copy of values. The length is asked for once, at the end:
     * a native call for each row would take longer than the row.
     */
    void copyRows(final TensorType type, final long offset, final int[] rows, final int count, final int columns,
            final MemorySegment to, final long toByte, final long strideBytes) {
        requireOpen();
        try {
            final long rowBytes = (long) columns * type.bytes();
            for (int i = 0; i < count; i++) {
                copyUnchecked(type, offset + rows[i] * rowBytes, to, toByte + i * strideBytes, columns);
            }
            requireLength();
        } catch (final InternalError e) {
            throw changed(e);
        } catch (final IllegalStateException e) {
            requireOpen();
            throw e;
        }
    }

    private void copyUnchecked(final TensorType type, final long offset, final MemorySegment to, final long toByte,
            final int count) {
        if (type == TensorType.F32) {
            MemorySegment.copy(mapping, FLOAT, offset, to, ValueLayout.JAVA_FLOAT_UNALIGNED, toByte, count);
        } else {
            widen(type == TensorType.F16, offset, to, toByte, count);
        }
    }

    private void widen(final boolean isHalf, final long offset, final MemorySegment to, final long toByte,
            final int count) {
        for (int i = 0; i < count; i++) {
            final short bits = mapping.get(SHORT, offset + (long) i * Short.BYTES);
            to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, toByte + (long) i * Float.BYTES,
                    isHalf ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << Short.SIZE));
        }
    }

    /**
     * Refuses a file whose length has changed, and ends a copy: compiled code throws a fault of it only at a later safepoint, which can
     * lie behind the caller's try (seen with C2 on JDK 25). The native call is one, so that the fault cannot get past it.
     */
    private void requireLength() {
        try {
            if (file != null && file.length() != mapping.byteSize()) {
                throw changed(null);
            }
        } catch (final IOException e) {
            requireOpen();
            throw WeightFileException.unreadable(path, e);
        }
    }

    /** Lets go of the pages of some bytes, and of what else is in them, until they are read again. */
    void unload(final long offset, final long bytes) {
        requireOpen();
        if (mapping.isMapped()) {
            mapping.asSlice(offset, bytes).unload();
        }
    }

    /** Returns a read-only view that dies with the file. */
    MemorySegment slice(final long offset, final long bytes) {
        requireOpen();
        return mapping.asSlice(offset, bytes).asReadOnly();
    }

    void requireOpen() {
        if (!arena.scope().isAlive()) {
            throw new IllegalStateException("file is closed: file=" + path);
        }
    }

    @Override
    public synchronized void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            closeQuietly(file);
        }
    }

    private WeightFileException changed(final Throwable cause) {
        return new WeightFileException("file changed while it was mapped: file=" + path + ", mapped bytes="
                + mapping.byteSize(), cause);
    }

    /** Nothing was written, so nothing can be lost. */
    private static void closeQuietly(final RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (final IOException e) {
            return;
        }
    }
}
