package io.lanewise.weights;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.lanewise.LanewiseException;
import io.lanewise.json.Strings;

import static io.lanewise.LanewiseException.quote;

/**
 * Collects tensors and writes them as one safetensors file, byte for byte in the reference writer's layout.
 *
 * <p><b>Ownership.</b> Data is not copied when it is added: arrays and segments are read by {@link #writeTo} and must
 * stay alive and unchanged until then. <b>Threads.</b> One at a time.
 */
public final class SafetensorsWriter {
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, WriterEntry> entries = new LinkedHashMap<>();

    private SafetensorsWriter() {}

    /**
     * Creates a writer of an empty file.
     *
     * @return the writer, to be filled
     */
    public static SafetensorsWriter create() {
        return new SafetensorsWriter();
    }

    /**
     * Adds a note to the file's {@code __metadata__}.
     *
     * @param key   unique among the notes
     * @param value any valid Unicode text
     * @return this writer
     * @throws LanewiseException if the key was given before, or if a text is not valid Unicode
     */
    public SafetensorsWriter metadata(final String key, final String value) {
        requireName("metadata key", key);
        if (!Strings.isUnicode(value)) {
            throw new LanewiseException("metadata must be valid Unicode: key=" + quote(key));
        }
        if (metadata.putIfAbsent(key, value) != null) {
            throw new LanewiseException("metadata keys must not repeat: key=" + quote(key));
        }
        return this;
    }

    /**
     * Adds a tensor whose bytes already are what the file is to hold.
     *
     * @param name  unique among the tensors
     * @param type  the element type
     * @param shape the dimensions, slowest first; empty for a scalar
     * @param data  the elements, row-major, little endian, at any alignment; the caller keeps owning the segment. If it is
     *              of a mapped file that shrinks, writing throws an {@link InternalError} and leaves the target as it was
     * @return this writer
     * @throws LanewiseException if the name was given before or is not allowed, or if shape, type and data disagree
     */
    public SafetensorsWriter add(final String name, final TensorType type, final List<Long> shape,
            final MemorySegment data) {
        return add(name, type, shape, data, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Adds a tensor whose bytes are made when they are written, one tensor after the other, so that never all are in memory.
     *
     * @param name  unique among the tensors
     * @param type  the element type
     * @param shape the dimensions, slowest first; empty for a scalar
     * @param data  makes the elements, row-major, little endian, as many as the shape says, each time the file is written
     * @return this writer
     * @throws LanewiseException if the name was given before or is not allowed, or if the shape overflows
     */
    public SafetensorsWriter add(final String name, final TensorType type, final List<Long> shape,
            final Supplier<MemorySegment> data) {
        requireName("tensor name", name);
        return put(new WriterEntry(name, type, List.copyOf(shape), requireShape(name, type, shape), () -> {
            final MemorySegment made = data.get();
            requireBytes(name, type, shape, made.byteSize());
            return made;
        }, ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Adds an F32 tensor.
     *
     * @param name   unique among the tensors
     * @param shape  the dimensions, slowest first
     * @param values the elements, row-major
     * @return this writer
     * @throws LanewiseException if the name was given before or is not allowed, or if shape and length disagree
     */
    public SafetensorsWriter addFloats(final String name, final List<Long> shape, final float[] values) {
        return add(name, TensorType.F32, shape, MemorySegment.ofArray(values), ByteOrder.nativeOrder());
    }

    /**
     * Adds an F64 tensor.
     *
     * @param name   unique among the tensors
     * @param shape  the dimensions, slowest first
     * @param values the elements, row-major
     * @return this writer
     * @throws LanewiseException if the name was given before or is not allowed, or if shape and length disagree
     */
    public SafetensorsWriter addDoubles(final String name, final List<Long> shape, final double[] values) {
        return add(name, TensorType.F64, shape, MemorySegment.ofArray(values), ByteOrder.nativeOrder());
    }

    /**
     * Adds an I64 tensor.
     *
     * @param name   unique among the tensors
     * @param shape  the dimensions, slowest first
     * @param values the elements, row-major
     * @return this writer
     * @throws LanewiseException if the name was given before or is not allowed, or if shape and length disagree
     */
    public SafetensorsWriter addLongs(final String name, final List<Long> shape, final long[] values) {
        return add(name, TensorType.I64, shape, MemorySegment.ofArray(values), ByteOrder.nativeOrder());
    }

    /**
     * Adds a BOOL tensor; unlike the other arrays, this one is copied.
     *
     * @param name   unique among the tensors
     * @param shape  the dimensions, slowest first
     * @param values the elements, row-major
     * @return this writer
     * @throws LanewiseException if the name was given before or is not allowed, or if shape and length disagree
     */
    public SafetensorsWriter addBooleans(final String name, final List<Long> shape, final boolean[] values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return add(name, TensorType.BOOL, shape, MemorySegment.ofArray(bytes), ByteOrder.nativeOrder());
    }

    /**
     * Writes the file: beside the target under a random name first, then moved over it in one step, so that there is
     * the old file or the whole new one and never a part. After a failure the target is as it was and nothing is left
     * beside it. The writer can be written again.
     *
     * @param target a new file, or an existing regular file to replace; its directory must exist
     * @throws WeightFileException   if the target cannot be written
     * @throws IllegalStateException if a segment that was added is no longer alive
     */
    public void writeTo(final Path target) {
        final List<WriterEntry> ordered = entries.values().stream().sorted(WriterEntry.FILE_ORDER).toList();
        final byte[] header = HeaderWriter.bytes(metadata, ordered);
        if (header.length > SafetensorsFormat.MAX_HEADER_BYTES) {
            throw new WeightFileException("header must not exceed 100000000 bytes: file=" + target + ", header bytes="
                    + header.length);
        }
        new AtomicFile(target).write(out -> TensorStream.write(out, header, ordered));
    }

    private SafetensorsWriter add(final String name, final TensorType type, final List<Long> shape,
            final MemorySegment data, final ByteOrder order) {
        requireName("tensor name", name);
        requireBytes(name, type, shape, data.byteSize());
        return put(new WriterEntry(name, type, List.copyOf(shape), data.byteSize(), () -> data, order));
    }

    private SafetensorsWriter put(final WriterEntry entry) {
        if (SafetensorsFormat.METADATA.equals(entry.name())) {
            throw new LanewiseException("tensor name is reserved: tensor=" + quote(entry.name()));
        }
        if (entries.putIfAbsent(entry.name(), entry) != null) {
            throw new LanewiseException("tensor names must not repeat: tensor=" + quote(entry.name()));
        }
        return this;
    }

    private static void requireName(final String what, final String name) {
        if (!Strings.isUnicode(name)) {
            throw new LanewiseException(what + " must be valid Unicode: name=" + quote(name));
        }
        if (name.length() > SafetensorsFormat.MAX_NAME_LENGTH) {
            throw new LanewiseException(what + " must not exceed " + SafetensorsFormat.MAX_NAME_LENGTH
                    + " characters: name=" + quote(name) + ", characters=" + name.length());
        }
    }

    private static void requireBytes(final String name, final TensorType type, final List<Long> shape,
            final long bytes) {
        final long expected = requireShape(name, type, shape);
        if (expected != bytes) {
            throw new LanewiseException("shape times type must equal the size of the data: tensor=" + quote(name)
                    + ", type=" + type + ", shape=" + shape + ", expected bytes=" + expected + ", data bytes=" + bytes);
        }
    }

    /** Returns how many bytes a tensor of that shape takes. */
    private static long requireShape(final String name, final TensorType type, final List<Long> shape) {
        final String details = ": tensor=" + quote(name) + ", type=" + type + ", shape=";
        if (shape.size() > SafetensorsFormat.MAX_RANK) {
            throw new LanewiseException("shape must have at most " + SafetensorsFormat.MAX_RANK + " numbers" + details
                    + "[" + shape.size() + " numbers]");
        }
        if (shape.stream().anyMatch(dimension -> dimension < 0)) {
            throw new LanewiseException("shape must not be negative" + details + shape);
        }
        try {
            return type.bytesOf(shape);
        } catch (final ArithmeticException e) {
            throw new LanewiseException("shape times type must not overflow 63 bits" + details + shape, e);
        }
    }
}
