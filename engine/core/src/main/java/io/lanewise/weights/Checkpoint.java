package io.lanewise.weights;

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

/**
 * Holds a layer's weights and settings by name, from a file or from memory. Thread-safe once built; closing releases the
 * file, after which weights can no longer be read.
 */
public final class Checkpoint implements AutoCloseable {

    /** One weight: what it is, and a way to its values. */
    public record Entry(TensorType type, List<Long> shape, Supplier<float[]> floats) {

        /** Says whether the values are read as float32, widened if need be. */
        public boolean isFloat() {
            return type == TensorType.F32 || type == TensorType.F16 || type == TensorType.BF16;
        }

        private Entry inMemory() {
            if (!isFloat()) {
                return this;
            }
            float[] values = floats.get();
            return new Entry(type, shape, () -> values);
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
        for (TensorInfo tensor : file.tensors()) {
            entries.put(tensor.name(), new Entry(tensor.type(), tensor.shape(), () -> file.floats(tensor)));
        }
        return new Checkpoint(path.toString(), file.metadata(), entries, file::close);
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
            long elements = 1;
            for (long size : shape) {
                elements = Math.multiplyExact(elements, size);
            }
            if (elements != values.length) {
                throw new IllegalArgumentException("a weight's shape must hold its values: name=" + name + ", shape="
                        + Arrays.toString(shape) + ", values=" + values.length);
            }
            float[] copy = values.clone();
            entries.put(name, new Entry(TensorType.F32, Arrays.stream(shape).boxed().toList(), () -> copy));
            return this;
        }

        /** Returns the checkpoint. */
        public Checkpoint build() {
            return new Checkpoint("memory", Map.copyOf(metadata), new LinkedHashMap<>(entries), () -> {});
        }
    }
}
