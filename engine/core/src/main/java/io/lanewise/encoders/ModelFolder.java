package io.lanewise.encoders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.weights.Checkpoint;

/**
 * A model as the Hugging Face hub has it: a folder of {@code config.json}, weights in safetensors, and what sentence-transformers
 * added. Immutable.
 *
 * @param path the folder
 * @param encoder the folder of the encoder's own files and its tokenizer, mostly the same; older ones have it within
 * @param config the encoder's settings
 * @param modules what comes behind the encoder; none where the folder does not say
 * @param saysModules whether the folder says what comes behind the encoder
 */
public record ModelFolder(Path path, Path encoder, EncoderConfig config, List<SentenceModule> modules,
        boolean saysModules) {

    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    /** Describes a folder that has the encoder's files itself. */
    public ModelFolder(Path path, EncoderConfig config, List<SentenceModule> modules, boolean saysModules) {
        this(path, path, config, modules, saysModules);
    }

    /**
     * Reads a folder's settings.
     *
     * @throws LanewiseException if they are missing, unreadable, or not known
     */
    public static ModelFolder open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new LanewiseException("a model must be a folder: folder=" + path);
        }
        SentenceModules.Read read = SentenceModules.read(path);
        Path config = read.encoder().resolve("config.json");
        if (!Files.exists(config)) {
            throw new LanewiseException("a model's folder must have a config.json: folder=" + read.encoder());
        }
        return new ModelFolder(path, read.encoder(), new EncoderConfig(JsonFile.settings(config)), read.modules(),
                Files.exists(path.resolve("modules.json")));
    }

    /**
     * Returns the folder of the encoder's own files and its tokenizer, without reading them or what comes behind them.
     *
     * @throws LanewiseException if {@code modules.json} is unreadable, or has more than one encoder
     */
    public static Path encoderOf(Path folder) {
        return SentenceModules.encoder(folder);
    }

    /**
     * Reads what a folder's {@code modules.json} says comes behind the encoder; none where there is no such file.
     *
     * @throws LanewiseException if it is unreadable, or says something that is not known
     */
    public static List<SentenceModule> modules(Path folder) {
        return SentenceModules.read(folder).modules();
    }

    /**
     * Opens the weights, in one file or in shards; they are read when asked for, until the checkpoint is closed.
     *
     * @throws LanewiseException if they are missing or unreadable
     */
    public Checkpoint weights() {
        if (Files.exists(encoder.resolve(WEIGHTS))) {
            return Checkpoint.open(encoder.resolve(WEIGHTS));
        }
        if (Files.exists(encoder.resolve(INDEX))) {
            return Checkpoint.openShards(encoder.toString(), shards(JsonFile.settings(encoder.resolve(INDEX))));
        }
        if (Files.exists(encoder.resolve("pytorch_model.bin"))) {
            throw onlyPickle(encoder);
        }
        throw new LanewiseException(
                "a model's folder must have %s or %s: folder=%s".formatted(WEIGHTS, INDEX, encoder));
    }

    static LanewiseException onlyPickle(Path folder) {
        return new LanewiseException(
                "weights must be in safetensors: folder=%s has pytorch_model.bin alone, which `lanewise import` converts"
                        .formatted(folder));
    }

    private SequencedMap<String, Path> shards(Json index) {
        SequencedMap<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, Json> weight : index.get("weight_map").members().entrySet()) {
            String file = weight.getValue().text();
            if (!file.matches("[\\w-][\\w.-]*")) {
                throw new LanewiseException("a shard must be a file of the folder: %s=%s".formatted(
                        weight.getValue().path(), LanewiseException.quote(file)));
            }
            files.put(weight.getKey(), encoder.resolve(file));
        }
        return files;
    }

    /** Returns what the encoder was trained for. */
    public Task task() {
        Json architectures = config.json().optional("architectures");
        return architectures.isNull() || architectures.list().isEmpty()
                ? Task.FEATURES
                : Task.of(architectures.list().getFirst().text());
    }

    /** Returns the settings of a small file beside the encoder's; an empty object where there is none of that name. */
    public Json encoderSettings(String file) {
        return settings(encoder.resolve(file));
    }

    /** Returns the settings of a small file of the folder; an empty object where there is none of that name. */
    public Json settings(String file) {
        return settings(path.resolve(file));
    }

    private static Json settings(Path small) {
        return Files.exists(small) ? JsonFile.settings(small) : Json.emptyObject("$");
    }
}
