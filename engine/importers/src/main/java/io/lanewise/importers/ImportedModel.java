package io.lanewise.importers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongConsumer;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.Encoder;
import io.lanewise.encoders.EncoderConfig;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.encoders.SentenceModule;
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

    private static final LongConsumer NOBODY = _ -> {};

    /** Names no folder, so that nothing is looked for in it. */
    private static final Path IN_MEMORY = Path.of("imported", "in-memory");

    private final Companions companions;
    private final Map<String, Object> config;
    private final Map<String, String> metadata;
    private final SequencedMap<String, ImportedTensor> tensors;
    private final Pooling pooling;
    private final boolean isQuantized;
    private final Runnable closing;

    ImportedModel(Path source, Map<String, Object> config, Map<String, String> metadata,
            SequencedMap<String, ImportedTensor> tensors, Pooling pooling, boolean isQuantized, Runnable closing) {
        this.companions = new Companions(source);
        this.config = config;
        this.metadata = metadata;
        this.tensors = tensors;
        this.pooling = pooling;
        this.isQuantized = isQuantized;
        this.closing = closing;
    }

    Companions companions() {
        return companions;
    }

    /** Returns the settings that the file has, as {@code config.json} spells them; empty for tensors alone. */
    public Optional<Json> config() {
        return config.isEmpty() ? Optional.empty() : Optional.of(JsonFile.line(JsonText.of(config)));
    }

    Map<String, Object> settings() {
        return config;
    }

    /** Returns what the file notes beside its tensors; unmodifiable. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** Returns the tensors by name; unmodifiable. */
    public SequencedMap<String, ImportedTensor> tensors() {
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /** Returns how many bytes the elements of all tensors take. */
    public long bytes() {
        return tensors.values().stream().mapToLong(ImportedTensor::size).sum();
    }

    /**
     * Returns how rows become a sentence's vector, and who says so: the options, files beside the imported one, its graph, or nobody.
     * Empty where the model makes no vectors of sentences, and where there are no settings at all.
     *
     * @throws LanewiseException if the options ask for what the model does not have, or files beside it are unreadable
     */
    public Optional<Pooling> pooling(ImportOptions options) {
        Json settings = new ModelSettings(this).json();
        if (settings == null) {
            return Optional.empty();
        }
        Json architectures = settings.optional("architectures");
        String task = architectures.isNull() || architectures.list().isEmpty()
                ? ""
                : architectures.list().getFirst().text();
        return new PoolingSource(companions, options).find(task, pooling);
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
                builder.ownWeight(name, floats, tensor.shape().stream().mapToLong(Long::longValue).toArray());
            }
        });
        return builder.build();
    }

    private static float[] floats(ImportedTensor tensor) {
        MemorySegment bytes = tensor.bytes().get();
        return switch (tensor.type()) {
            case F32 -> bytes.heapBase().orElse(null) instanceof float[] made // in one piece, and for this call
                    ? made
                    : bytes.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
            case F16 -> Widening.halfs(shorts(bytes));
            case BF16 -> Widening.bfloat16s(shorts(bytes));
            default -> null;
        };
    }

    private static short[] shorts(MemorySegment bytes) {
        return bytes.toArray(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Returns the encoder with what comes behind it, its weights in memory; the caller closes it, or what it is handed to. It does not
     * need this model any more.
     *
     * @throws LanewiseException if there are no settings, if nobody says how rows become a sentence's vector, or something is not
     *         known to the engine
     */
    public Encoder encoder(ImportOptions options) {
        Json settings = new ModelSettings(this).json();
        Path folder = companions.source() == null ? IN_MEMORY : companions.folder();
        if (settings == null) {
            throw new LanewiseException("an encoder needs its settings: no config.json in folder=" + folder);
        }
        Pooling found = pooling(options).orElse(null);
        if (found != null && found.source() == Pooling.Source.ASSUMED) {
            throw new LanewiseException(
                    "how rows become a sentence's vector must be known: neither the graph says it nor "
                            + "a modules.json beside it; set ImportOptions.pooling, to mean or cls for most models, and normalize");
        }
        List<SentenceModule> modules = found == null
                ? List.of()
                : found.mode().equals(Pooling.BY_MODULES)
                        ? ModelFolder.modules(companions.forPooling(Pooling.BY_MODULES).getParent())
                        : found.modules();
        return Encoder.of(new ModelFolder(folder, new EncoderConfig(settings), modules, found != null), checkpoint());
    }

    /** Writes the tensors alone; otherwise as {@link #writeTensors(Path, Map, LongConsumer)}. */
    public void writeTensors(Path file) {
        writeTensors(file, Map.of(), NOBODY);
    }

    /**
     * Writes the tensors alone, as one safetensors file: the old file or the whole new one is there in the end. One tensor after
     * the other is in memory.
     *
     * @param file its directory must exist
     * @param more settings for its metadata, which win over those that the source notes
     * @param progress is told how many bytes of elements are done, of {@link #bytes()}
     * @throws LanewiseException if it cannot be written, or the source can no longer be read
     */
    public void writeTensors(Path file, Map<String, String> more, LongConsumer progress) {
        SafetensorsWriter writer = SafetensorsWriter.create().metadata("format", "pt");
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.putAll(more);
        all.forEach(writer::metadata);
        long[] done = {0};
        tensors.forEach((name, tensor) -> writer.add(name, tensor.type(), tensor.shape(), () -> {
            progress.accept(done[0]);
            done[0] += tensor.size();
            return tensor.bytes().get();
        }));
        writer.writeTo(file);
        progress.accept(done[0]);
    }

    /** Writes a folder; otherwise as {@link #writeFolder(Path, ImportOptions, LongConsumer)}. */
    public void writeFolder(Path folder, ImportOptions options) {
        writeFolder(folder, options, NOBODY);
    }

    /**
     * Writes a folder as the Hugging Face hub would have it: settings, weights, and the files of tokenizer and pooling that stand
     * beside the source. The folder is there as a whole in the end, or not at all.
     *
     * @param folder a new one, or an empty one
     * @param progress is told how many bytes of elements are done, of {@link #bytes()}
     * @throws LanewiseException if it cannot be written, if there are no settings, or the source can no longer be read
     */
    public void writeFolder(Path folder, ImportOptions options, LongConsumer progress) {
        new ModelFolderWriter(this, folder, options).write(progress);
    }

    @Override
    public void close() {
        closing.run();
    }
}
