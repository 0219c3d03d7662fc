package io.lanewise.importers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.SafetensorsWriter;
import io.lanewise.weights.Widening;

/**
 * What a file of another format holds: tensors by the names that the engine knows, and the settings where the file has them.
 * Elements are read when they are asked for, until it is closed. Not thread-safe.
 */
public final class ImportedModel implements AutoCloseable {

    private final Path source;
    private final Map<String, Object> config;
    private final Map<String, String> metadata;
    private final SequencedMap<String, ImportedTensor> tensors;
    private final Pooling pooling;
    private final boolean isQuantized;
    private final Runnable closing;

    /**
     * How rows become a sentence's vector.
     *
     * @param mode {@code mean} or {@code cls}
     * @param normalizes whether the vector is made one of length 1
     */
    public record Pooling(String mode, boolean normalizes) {}

    ImportedModel(Path source, Map<String, Object> config, Map<String, String> metadata,
            SequencedMap<String, ImportedTensor> tensors, Pooling pooling, boolean isQuantized, Runnable closing) {
        this.source = source;
        this.config = config;
        this.metadata = metadata;
        this.tensors = tensors;
        this.pooling = pooling;
        this.isQuantized = isQuantized;
        this.closing = closing;
    }

    /** Returns the file; null where a stream was read. */
    Path source() {
        return source;
    }

    /** Returns the settings that the file has, as {@code config.json} spells them; empty for tensors alone. */
    public Optional<Json> config() {
        return config.isEmpty() ? Optional.empty() : Optional.of(JsonFile.line(JsonText.of(config)));
    }

    Map<String, Object> settings() {
        return config;
    }

    /** Returns the tensors by name; unmodifiable. */
    public SequencedMap<String, ImportedTensor> tensors() {
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /** Returns how rows become a sentence's vector, where the file says so. */
    public Optional<Pooling> pooling() {
        return Optional.ofNullable(pooling);
    }

    /** Says whether the file's weights were whole numbers, which are floats here. */
    public boolean isQuantized() {
        return isQuantized;
    }

    /**
     * Returns the float tensors as a checkpoint in memory, widened where they are narrower.
     *
     * @throws LanewiseException if the file can no longer be read
     */
    public Checkpoint checkpoint() {
        Checkpoint.Builder builder = Checkpoint.builder();
        metadata.forEach(builder::metadata);
        tensors.forEach((name, tensor) -> {
            float[] floats = floats(tensor);
            if (floats != null) {
                builder.weight(name, floats, tensor.shape().stream().mapToLong(Long::longValue).toArray());
            }
        });
        return builder.build();
    }

    private static float[] floats(ImportedTensor tensor) {
        MemorySegment bytes = tensor.bytes().get();
        return switch (tensor.type()) {
            case F32 -> bytes.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
            case F16 -> Widening.halfs(shorts(bytes));
            case BF16 -> Widening.bfloat16s(shorts(bytes));
            default -> null;
        };
    }

    private static short[] shorts(MemorySegment bytes) {
        return bytes.toArray(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Writes the tensors alone, as one safetensors file: the old file or the whole new one is there in the end.
     *
     * @param file its directory must exist
     * @throws LanewiseException if it cannot be written, or the source can no longer be read
     */
    public void writeTensors(Path file) {
        SafetensorsWriter writer = SafetensorsWriter.create().metadata("format", "pt");
        metadata.forEach(writer::metadata);
        tensors.forEach((name, tensor) -> writer.add(name, tensor.type(), tensor.shape(), tensor.bytes().get()));
        writer.writeTo(file);
    }

    /**
     * Writes a folder as the Hugging Face hub would have it: settings, weights, and the files of tokenizer and pooling that stand
     * beside the source.
     *
     * @param folder a new one, or an empty one
     * @param tokenizer a tokenizer.json to copy; null for the one beside the source, if there is one
     * @throws LanewiseException if it cannot be written, if there are no settings, or the source can no longer be read
     */
    public void writeFolder(Path folder, Path tokenizer) {
        new ModelFolderWriter(this, folder).write(tokenizer);
    }

    @Override
    public void close() {
        closing.run();
    }
}
