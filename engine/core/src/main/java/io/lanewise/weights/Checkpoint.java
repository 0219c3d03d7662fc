package io.lanewise.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Supplier;

import io.lanewise.LanewiseException;

/**
 * Holds a layer's weights and settings by name, from a file or from memory. Thread-safe once built; closing releases the
 * file, after which weights can no longer be read.
 */
public final class Checkpoint implements AutoCloseable {

    /** Copies some values of a weight, row-major, as floats into memory. */
    @FunctionalInterface
    public interface FloatCopier {

        /** Copies values that the caller knows to be there. */
        void copy(long first, int count, MemorySegment to, long toByte);

        /** Lets go of the pages that hold what was read, where there are such; it can be read again. */
        default void unload() {}

        /** Copies rows of so many columns that the caller knows to be there. */
        default void copyRows(int[] rows, int count, int columns, MemorySegment to, long toByte, long strideBytes) {
            for (int i = 0; i < count; i++) {
                copy((long) rows[i] * columns, columns, to, toByte + i * strideBytes);
            }
        }
    }

    /** Copies from a file, whose length is asked for once a call. */
    private record FromFile(SafetensorsFile file, TensorInfo tensor) implements FloatCopier {
        @Override
        public void copy(long first, int count, MemorySegment to, long toByte) {
            file.copyFloats(tensor, first, count, to, toByte);
        }

        @Override
        public void unload() {
            file.unload(tensor);
        }

        @Override
        public void copyRows(int[] rows, int count, int columns, MemorySegment to, long toByte, long strideBytes) {
            file.copyRows(tensor, rows, count, columns, to, toByte, strideBytes);
        }
    }

    /** One weight: what it is, and ways to its values. */
    public record Entry(TensorType type, List<Long> shape, Supplier<float[]> floats, FloatCopier copier) {

        /** Describes a weight in memory. */
        static Entry inMemory(TensorType type, List<Long> shape, float[] values) {
            return new Entry(type, shape, () -> values, (first, count, to, toByte) -> MemorySegment.copy(values,
                    Math.toIntExact(first), to, ValueLayout.JAVA_FLOAT_UNALIGNED, toByte, count));
        }

        /** Copies some values, row-major, as floats into memory. */
        public void copyFloats(long first, int count, MemorySegment to, long toByte) {
            copier.copy(first, count, to, toByte);
        }

        /**
         * Copies rows of a matrix, as floats into off-heap memory.
         *
         * @param rows which, from its start on
         * @param count how many of them
         * @param columns of the matrix
         * @param strideBytes from one row to the next where they go to
         */
        public void copyRows(int[] rows, int count, int columns, MemorySegment to, long toByte, long strideBytes) {
            copier.copyRows(rows, count, columns, to, toByte, strideBytes);
        }

        /** Says whether the values are read as float32, widened if need be. */
        public boolean isFloat() {
            return type == TensorType.F32 || type == TensorType.F16 || type == TensorType.BF16;
        }

        private Entry inMemory() {
            if (!isFloat()) {
                return this;
            }
            return inMemory(type, shape, floats.get());
        }

        private Entry readOnce() {
            Supplier<float[]> once = new Supplier<>() {
                private float[] values;

                @Override
                public synchronized float[] get() {
                    if (values == null) {
                        values = floats.get();
                    }
                    return values;
                }
            };
            return isFloat() ? new Entry(type, shape, once, copier) : this;
        }

        /** Returns type and shape for messages, {@code F32 [48, 48]}. */
        public String describe() {
            return type + " " + shape;
        }
    }

    private final String origin;
    private final Map<String, String> metadata;
    private final SequencedMap<String, Entry> entries;
    private final Runnable closing;

    private Checkpoint(String origin, Map<String, String> metadata, SequencedMap<String, Entry> entries,
            Runnable closing) {
        this.origin = origin;
        this.metadata = metadata;
        this.entries = entries;
        this.closing = closing;
    }

    /**
     * Opens a safetensors file; values are read when asked for, until the checkpoint is closed. A file that by then has another
     * length is a {@link WeightFileException}, see {@link SafetensorsFile}.
     *
     * @throws WeightFileException if the file cannot be read or is not a strict safetensors file
     */
    public static Checkpoint open(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        file.tensors().forEach(tensor -> entries.put(tensor.name(), entry(file, tensor)));
        return new Checkpoint(path.toString(), file.metadata(), entries, file::close);
    }

    private static Entry entry(SafetensorsFile file, TensorInfo tensor) {
        return new Entry(tensor.type(), tensor.shape(), () -> file.floats(tensor), new FromFile(file, tensor));
    }

    /**
     * Opens the weights of several safetensors files as one checkpoint without metadata; otherwise as {@link #open}.
     *
     * @param origin where they came from, for messages
     * @param files each weight's file
     * @throws WeightFileException if a file cannot be read or is not strict, or does not hold a weight that it should
     */
    public static Checkpoint openShards(String origin, SequencedMap<String, Path> files) {
        Map<Path, SafetensorsFile> open = new LinkedHashMap<>();
        Runnable closing = () -> open.values().forEach(SafetensorsFile::close);
        try {
            SequencedMap<String, Entry> entries = new LinkedHashMap<>();
            files.forEach((name, path) -> {
                SafetensorsFile file = open.computeIfAbsent(path, SafetensorsFile::open);
                TensorInfo tensor = file.find(name).orElseThrow(() -> new WeightFileException(
                        "file must hold the weight that the index says: %s, file=%s".formatted(
                                LanewiseException.quote(name), path)));
                entries.put(name, entry(file, tensor));
            });
            return new Checkpoint(origin, Map.of(), entries, closing);
        } catch (RuntimeException | Error refused) {
            closing.run();
            throw refused;
        }
    }

    /**
     * Returns the same checkpoint with all float weights read, so that it no longer needs its file.
     *
     * @throws WeightFileException if the file changed its length since it was opened
     */
    public Checkpoint inMemory() {
        SequencedMap<String, Entry> read = new LinkedHashMap<>();
        entries.forEach((name, entry) -> read.put(name, entry.inMemory()));
        return new Checkpoint(origin, metadata, read, () -> {});
    }

    /** Returns the same checkpoint, whose float weights are read when they are first asked for and kept from then on. */
    public Checkpoint readOnce() {
        SequencedMap<String, Entry> kept = new LinkedHashMap<>();
        entries.forEach((name, entry) -> kept.put(name, entry.readOnce()));
        return new Checkpoint(origin, metadata, kept, closing);
    }

    /** Returns the same checkpoint with shorter names, if all begin with {@code prefix}. */
    public Checkpoint withoutPrefix(String prefix) {
        if (entries.isEmpty() || !entries.keySet().stream().allMatch(name -> name.startsWith(prefix))) {
            return this;
        }
        SequencedMap<String, Entry> shorter = new LinkedHashMap<>();
        entries.forEach((name, entry) -> shorter.put(name.substring(prefix.length()), entry));
        return new Checkpoint(origin, metadata, shorter, closing);
    }

    /** Starts a checkpoint in memory. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns where the weights came from, for messages. */
    public String origin() {
        return origin;
    }

    /** Returns the settings that came with the weights; unmodifiable. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Returns the names of the weights; unmodifiable. */
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(entries.sequencedKeySet());
    }

    /** Returns a weight, if there is one of that name. */
    public Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    @Override
    public void close() {
        closing.run();
    }

    /** Collects weights in memory. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

        private Builder() {}

        /** Sets one of a layer's settings, such as {@code layer}, {@code hidden} or {@code heads}. */
        public Builder metadata(String name, String value) {
            metadata.put(name, value);
            return this;
        }

        /**
         * Adds a float32 weight; the array is copied.
         *
         * @throws IllegalArgumentException if the shape does not hold as many values as the array
         */
        public Builder weight(String name, float[] values, long... shape) {
            return ownWeight(name, values.clone(), shape);
        }

        /**
         * Adds a float32 weight without a copy: nobody may write to the array from now on.
         *
         * @throws IllegalArgumentException if the shape does not hold as many values as the array
         */
        public Builder ownWeight(String name, float[] values, long... shape) {
            long elements = 1;
            for (long size : shape) {
                elements = Math.multiplyExact(elements, size);
            }
            if (elements != values.length) {
                throw new IllegalArgumentException("a weight's shape must hold its values: name=" + name + ", shape="
                        + Arrays.toString(shape) + ", values=" + values.length);
            }
            entries.put(name, Entry.inMemory(TensorType.F32, Arrays.stream(shape).boxed().toList(), values));
            return this;
        }

        /** Returns the checkpoint. */
        public Checkpoint build() {
            return new Checkpoint("memory", Map.copyOf(metadata), new LinkedHashMap<>(entries), () -> {});
        }
    }
}
