package io.lanewise.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import static io.lanewise.LanewiseException.quote;

/**
 * Reads a safetensors file through a memory mapping, at least as strictly as the format's reference reader.
 *
 * <p>Everything that the header says is checked by {@link #open}; nothing is allocated on its word alone. Beyond the
 * reference it refuses duplicate names, unknown fields, shapes of more than 64 dimensions, names of more than 50,000
 * characters, and types other than those of {@link TensorType}.
 *
 * <p><b>If the file changes while it is open.</b> The methods that copy ({@link #floats}, {@link #doubles},
 * {@link #longs}, {@link #booleans}) throw a {@link WeightFileException} when the file no longer has the length that
 * was mapped, also where the operating system answered the copy with a fault; the JVM survives. Bytes overwritten
 * in place are not noticed: a copy then holds old bytes, new bytes or both. The header is read once, so shapes and
 * offsets stay those that were checked. A segment from {@link #data} is the mapping itself: reading it beyond the end
 * of a shortened file makes the JVM throw an {@link InternalError}, perhaps a moment later, or gives zeros. Replace
 * files by renaming, as {@link SafetensorsWriter} does, and none of this can happen.
 *
 * <p><b>Ownership.</b> The object owns the mapping until {@link #close}; arrays that it returned belong to the caller.
 * <b>Threads.</b> Any number of threads may read at once. Closing under a reader makes that reader throw
 * {@link IllegalStateException}, as does every method but {@link #path} and {@link #close} afterwards.
 */
public final class SafetensorsFile implements AutoCloseable {
    /** What every JVM can allocate, given the heap. */
    private static final int MAX_ARRAY_ELEMENTS = Integer.MAX_VALUE - 8;

    private final MappedFile file;
    private final Header header;

    private SafetensorsFile(final MappedFile file, final Header header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Opens a file and checks its header completely.
     *
     * @param path the file
     * @return the open file; close it to release the mapping
     * @throws WeightFileException if the file is missing, unreadable or breaks a rule of the format
     */
    public static SafetensorsFile open(final Path path) {
        final MappedFile file = MappedFile.open(Objects.requireNonNull(path, "path"));
        SafetensorsFile opened = null;
        try {
            opened = new SafetensorsFile(file, HeaderParser.parse(path, readHeader(file), file.bytes()));
            return opened;
        } finally {
            if (opened == null) {
                file.close();
            }
        }
    }

    private static byte[] readHeader(final MappedFile file) {
        if (file.bytes() < SafetensorsFormat.LENGTH_BYTES) {
            throw new WeightFileException("file must be at least 8 bytes: file=" + file.path() + ", file bytes="
                    + file.bytes());
        }
        final long[] length = new long[1];
        file.copy(0, TensorType.I64.layout(), length, 1);
        final byte[] header = new byte[checkedHeaderBytes(file, length[0])];
        file.copy(SafetensorsFormat.LENGTH_BYTES, ValueLayout.JAVA_BYTE, header, header.length);
        return header;
    }

    /** The length is unsigned: what looks negative is larger than any file. */
    private static int checkedHeaderBytes(final MappedFile file, final long claimed) {
        final String details = ": file=" + file.path() + ", header bytes=" + Long.toUnsignedString(claimed);
        if (Long.compareUnsigned(claimed, SafetensorsFormat.MAX_HEADER_BYTES) > 0) {
            throw new WeightFileException("header must not exceed 100000000 bytes" + details);
        }
        if (claimed > file.bytes() - SafetensorsFormat.LENGTH_BYTES) {
            throw new WeightFileException("header must end within the file" + details + ", file bytes="
                    + file.bytes());
        }
        return (int) claimed;
    }

    /**
     * Returns the path as it was given to {@link #open}.
     *
     * @return the path, also after close
     */
    public Path path() {
        return file.path();
    }

    /**
     * Returns the notes that the file carries in {@code __metadata__}.
     *
     * @return an unmodifiable map in file order, empty if there are none
     * @throws IllegalStateException if the file is closed
     */
    public Map<String, String> metadata() {
        file.requireOpen();
        return Collections.unmodifiableMap(header.metadata());
    }

    /**
     * Returns all tensors.
     *
     * @return an unmodifiable collection in the order of the data in the file
     * @throws IllegalStateException if the file is closed
     */
    public Collection<TensorInfo> tensors() {
        file.requireOpen();
        return Collections.unmodifiableCollection(header.tensors().values());
    }

    /**
     * Finds a tensor by name.
     *
     * @param name the exact name
     * @return the tensor, or empty if the file has none of that name
     * @throws IllegalStateException if the file is closed
     */
    public Optional<TensorInfo> find(final String name) {
        file.requireOpen();
        return Optional.ofNullable(header.tensors().get(name));
    }

    /**
     * Copies a tensor's values as floats; F16 and BF16 are widened exactly.
     *
     * @param tensor an F32, F16 or BF16 tensor of this file
     * @return a new array of {@link TensorInfo#elements()} values, row-major
     * @throws WeightFileException   if the tensor has another type, is not of this file or is too long for an array, or
     *                               if the file changed its length
     * @throws IllegalStateException if the file is closed
     */
    public float[] floats(final TensorInfo tensor) {
        final int elements = arrayElements(tensor);
        return switch (tensor.type()) {
            case F32 -> {
                final float[] values = new float[elements];
                copy(tensor, values, elements);
                yield values;
            }
            case F16 -> Widening.halfs(shorts(tensor, elements));
            case BF16 -> Widening.bfloat16s(shorts(tensor, elements));
            default -> throw wrongType("F32, F16 or BF16 to be read as float", tensor);
        };
    }

    /**
     * Copies some of a tensor's values as floats into memory; F16 and BF16 are widened exactly.
     *
     * @param tensor an F32, F16 or BF16 tensor of this file
     * @param first the first value, row-major
     * @param count how many, all within the tensor
     * @param to where to, native byte order
     * @param toByte where in it
     * @throws WeightFileException   if the tensor has another type or is not of this file, or if the file changed its length
     * @throws IllegalStateException if the file is closed
     */
    public void copyFloats(final TensorInfo tensor, final long first, final int count, final MemorySegment to,
            final long toByte) {
        requireWithin(tensor, first, count, tensor.elements());
        requireFloats(tensor);
        final long from = tensor.offset() + first * tensor.type().bytes();
        file.copyFloats(tensor.type(), from, to, toByte, count);
    }

    /**
     * Lets go of the pages of memory that hold a tensor, which the machine would keep for others to need; they are read again when
     * somebody asks for them.
     *
     * @param tensor a tensor of this file
     * @throws WeightFileException   if the tensor is not of this file
     * @throws IllegalStateException if the file is closed
     */
    public void unload(final TensorInfo tensor) {
        requireOwn(tensor);
        file.unload(tensor.offset(), tensor.elements() * tensor.type().bytes());
    }

    /**
     * Copies rows of a tensor as floats into off-heap memory, which costs one look at the file's length.
     *
     * @param tensor an F32, F16 or BF16 tensor of this file
     * @param rows which rows of so many columns, from its start on
     * @param count how many of them, all within the tensor
     * @param columns values of a row
     * @param to where to, native byte order
     * @param toByte where in it
     * @param strideBytes from one row to the next where they go to
     * @throws WeightFileException   if the tensor has another type or is not of this file, or if the file changed its length
     * @throws IllegalStateException if the file is closed
     */
    public void copyRows(final TensorInfo tensor, final int[] rows, final int count, final int columns,
            final MemorySegment to, final long toByte, final long strideBytes) {
        final long elements = tensor.elements();
        for (int i = 0; i < count; i++) {
            requireWithin(tensor, (long) rows[i] * columns, columns, elements);
        }
        requireFloats(tensor);
        file.copyRows(tensor.type(), tensor.offset(), rows, count, columns, to, toByte, strideBytes);
    }

    private void requireWithin(final TensorInfo tensor, final long first, final int count, final long elements) {
        if (first < 0 || count < 0 || first > elements - count) {
            throw wrong("values must lie in the tensor", tensor, ", first=" + first + ", count=" + count);
        }
    }

    private void requireFloats(final TensorInfo tensor) {
        switch (tensor.type()) {
            case F32, F16, BF16 -> {
            }
            default -> throw wrongType("F32, F16 or BF16 to be read as float", tensor);
        }
    }

    /**
     * Copies a tensor's values as doubles; F32, F16 and BF16 are widened exactly.
     *
     * @param tensor an F64, F32, F16 or BF16 tensor of this file
     * @return a new array of {@link TensorInfo#elements()} values, row-major
     * @throws WeightFileException   if the tensor has another type, is not of this file or is too long for an array, or
     *                               if the file changed its length
     * @throws IllegalStateException if the file is closed
     */
    public double[] doubles(final TensorInfo tensor) {
        final int elements = arrayElements(tensor);
        return switch (tensor.type()) {
            case F64 -> {
                final double[] values = new double[elements];
                copy(tensor, values, elements);
                yield values;
            }
            case F32, F16, BF16 -> Widening.floats(floats(tensor));
            default -> throw wrongType("F64, F32, F16 or BF16 to be read as double", tensor);
        };
    }

    /**
     * Copies a tensor's values as longs; I32 is widened.
     *
     * @param tensor an I64 or I32 tensor of this file
     * @return a new array of {@link TensorInfo#elements()} values, row-major
     * @throws WeightFileException   if the tensor has another type, is not of this file or is too long for an array, or
     *                               if the file changed its length
     * @throws IllegalStateException if the file is closed
     */
    public long[] longs(final TensorInfo tensor) {
        final int elements = arrayElements(tensor);
        return switch (tensor.type()) {
            case I64 -> {
                final long[] values = new long[elements];
                copy(tensor, values, elements);
                yield values;
            }
            case I32 -> {
                final int[] values = new int[elements];
                copy(tensor, values, elements);
                yield Widening.ints(values);
            }
            default -> throw wrongType("I64 or I32 to be read as long", tensor);
        };
    }

    /**
     * Copies a tensor's values as booleans.
     *
     * @param tensor a BOOL tensor of this file
     * @return a new array of {@link TensorInfo#elements()} values, row-major
     * @throws WeightFileException   if a byte is neither 0 nor 1, if the tensor has another type, is not of this file
     *                               or is too long for an array, or if the file changed its length
     * @throws IllegalStateException if the file is closed
     */
    public boolean[] booleans(final TensorInfo tensor) {
        final int elements = arrayElements(tensor);
        if (tensor.type() != TensorType.BOOL) {
            throw wrongType("BOOL to be read as boolean", tensor);
        }
        final byte[] bytes = new byte[elements];
        copy(tensor, bytes, elements);
        final boolean[] values = new boolean[elements];
        for (int i = 0; i < elements; i++) {
            if (bytes[i] < 0 || bytes[i] > 1) {
                throw wrong("BOOL values must be 0 or 1", tensor,
                        ", element=" + i + ", value=" + Byte.toUnsignedInt(bytes[i]));
            }
            values[i] = bytes[i] == 1;
        }
        return values;
    }

    /**
     * Returns a tensor's bytes without a copy.
     *
     * @param tensor a tensor of this file, of any type and size
     * @return a read-only segment of {@link TensorInfo#bytes()} bytes, little endian, possibly unaligned; it may be
     *         read by any thread until this file is closed
     * @throws WeightFileException   if the tensor is not of this file
     * @throws IllegalStateException if the file is closed
     */
    public MemorySegment data(final TensorInfo tensor) {
        requireOwn(tensor);
        return file.slice(tensor.offset(), tensor.bytes());
    }

    /**
     * Releases the mapping; closing twice is harmless.
     *
     * @throws IllegalStateException if a system call of another thread is using a segment of this file; it stays open
     */
    @Override
    public void close() {
        file.close();
    }

    private short[] shorts(final TensorInfo tensor, final int elements) {
        final short[] bits = new short[elements];
        copy(tensor, bits, elements);
        return bits;
    }

    private void copy(final TensorInfo tensor, final Object array, final int elements) {
        file.copy(tensor.offset(), tensor.type().layout(), array, elements);
    }

    private int arrayElements(final TensorInfo tensor) {
        requireOwn(tensor);
        if (tensor.elements() > MAX_ARRAY_ELEMENTS) {
            throw wrong("tensor must have at most " + MAX_ARRAY_ELEMENTS + " elements to be read into an array", tensor,
                    ", elements=" + tensor.elements());
        }
        return (int) tensor.elements();
    }

    /** Anybody can make a {@link TensorInfo}; only those that {@link #open} made are known to lie within the file. */
    private void requireOwn(final TensorInfo tensor) {
        file.requireOpen();
        if (!tensor.equals(header.tensors().get(tensor.name()))) {
            throw wrong("tensor must be one of this file's", tensor, "");
        }
    }

    private WeightFileException wrongType(final String needed, final TensorInfo tensor) {
        return wrong("tensor must be " + needed, tensor, ", type=" + tensor.type());
    }

    private WeightFileException wrong(final String rule, final TensorInfo tensor, final String details) {
        return new WeightFileException(rule + ": file=" + path() + ", tensor=" + quote(tensor.name()) + details);
    }
}
