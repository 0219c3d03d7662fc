package io.lanewise.encoders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.graph.Pooling;
import io.lanewise.graph.RowPlace;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.kernels.Activation;
import io.lanewise.weights.Checkpoint;

/** Reads {@code modules.json} and the folders that it names, in the layouts of sentence-transformers up to 6. */
final class SentenceModules {

    /** The flags of older files, in the order in which their parts stand. */
    private static final Map<String, String> FLAGS = flags();

    private static final Map<String, Activation> ACTIVATIONS = Map.of("Identity", Activation.NONE, "Tanh",
            Activation.TANH, "ReLU", Activation.RELU, "GELU", Activation.GELU, "Sigmoid", Activation.SIGMOID, "SiLU",
            Activation.SILU, "Mish", Activation.MISH);

    private static final Set<String> ENCODERS = Set.of("Transformer", "MLMTransformer");

    /** More than any folder has. */
    private static final int MOST_MODULES = 16;

    private final Path folder;

    private SentenceModules(Path folder) {
        this.folder = folder;
    }

    /**
     * What {@code modules.json} says.
     *
     * @param encoder the folder of the encoder's own files
     * @param modules what comes behind it
     */
    record Read(Path encoder, List<SentenceModule> modules) {}

    /** Reads a folder's modules; the encoder alone where it has no {@code modules.json}. */
    static Read read(Path folder) {
        SentenceModules reader = new SentenceModules(folder);
        List<Json> all = reader.list();
        Path encoder = reader.encoder(all);
        List<SentenceModule> modules = new ArrayList<>();
        for (Json module : all) {
            switch (lastPart(module.get("type"))) {
                case String type when ENCODERS.contains(type) -> {
                }
                case "Dropout" -> reader.inside(module); // for training alone
                default -> modules.add(reader.module(module));
            }
        }
        return new Read(encoder, List.copyOf(modules));
    }

    /** Returns the folder of the encoder's own files; nothing is read but {@code modules.json}. */
    static Path encoder(Path folder) {
        SentenceModules reader = new SentenceModules(folder);
        return reader.encoder(reader.list());
    }

    private List<Json> list() {
        Path file = folder.resolve("modules.json");
        List<Json> list = Files.exists(file) ? JsonFile.settings(file).list() : List.of();
        if (list.size() > MOST_MODULES) {
            throw new LanewiseException("modules must be at most %d: modules=%d".formatted(MOST_MODULES, list.size()));
        }
        return list;
    }

    /** A second encoder would work on what the first made, which none here does. */
    private Path encoder(List<Json> all) {
        List<Json> encoders = all.stream().filter(module -> ENCODERS.contains(lastPart(module.get("type")))).toList();
        if (encoders.size() > 1) {
            throw new LanewiseException("modules must have one encoder: %s and %s".formatted(
                    encoders.get(0).get("type").path(), encoders.get(1).get("type").path()));
        }
        return encoders.isEmpty() ? folder : inside(encoders.getFirst());
    }

    private SentenceModule module(Json module) {
        Json type = module.get("type");
        Path path = inside(module);
        return switch (lastPart(type)) {
            case "Pooling" -> pooling(settings(path));
            case "Dense" -> dense(path, settings(path));
            case "Normalize" -> new SentenceModule.Normalize();
            case "SpladePooling" -> splade(settings(path));
            default -> throw type.unknown(List.of("Transformer", "MLMTransformer", "Pooling", "Dense", "Normalize",
                    "SpladePooling", "Dropout"));
        };
    }

    private static String lastPart(Json className) {
        return className.text().substring(className.text().lastIndexOf('.') + 1);
    }

    /** A module's folder lies in the model's: a file may say what it likes. */
    private Path inside(Json module) {
        String name = module.get("path").text();
        if (name.contains("..") || name.startsWith("/") || name.contains("\\") || name.contains(":")
                || name.indexOf(0) >= 0) {
            throw new LanewiseException("a module must lie in the model's folder: %s=%s".formatted(
                    module.get("path").path(), LanewiseException.quote(name)));
        }
        return folder.resolve(name);
    }

    private static Json settings(Path module) {
        return JsonFile.settings(module.resolve("config.json"));
    }

    // ---------------------------------------------------------------- modules

    private static SentenceModule pooling(Json config) {
        List<SentenceModule.Part> parts = new ArrayList<>();
        if (config.has("pooling_mode")) {
            Json mode = config.get("pooling_mode");
            List<Json> modes = mode.isText() ? List.of(mode) : mode.list();
            modes.forEach(each -> parts.add(part(each)));
        } else {
            FLAGS.forEach((flag, mode) -> {
                if (config.bool(flag, false)) {
                    parts.add(part(new Json(config.path() + "." + flag, mode)));
                }
            });
        }
        if (parts.isEmpty()) {
            throw new LanewiseException("pooling must have a mode: found none in " + config.path());
        }
        if (Set.copyOf(parts).size() < parts.size()) {
            throw new LanewiseException(
                    "pooling must have each mode once: found %d in %s, of which %d differ".formatted(
                            parts.size(), config.path(), Set.copyOf(parts).size()));
        }
        return new SentenceModule.Pool(List.copyOf(parts), config.bool("include_prompt", true));
    }

    private static SentenceModule.Part part(Json mode) {
        return switch (mode.text()) {
            case "cls" -> new SentenceModule.OneRow(RowPlace.FIRST);
            case "lasttoken" -> new SentenceModule.OneRow(RowPlace.LAST);
            case "max" -> new SentenceModule.AllRows(Pooling.MAX);
            case "mean" -> new SentenceModule.AllRows(Pooling.MEAN);
            case "mean_sqrt_len_tokens" -> new SentenceModule.AllRows(Pooling.MEAN_SQRT_LENGTH);
            case "weightedmean" -> new SentenceModule.AllRows(Pooling.WEIGHTED_MEAN);
            default -> throw mode.unknown(List.copyOf(FLAGS.values()));
        };
    }

    private static Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("pooling_mode_cls_token", "cls");
        flags.put("pooling_mode_max_tokens", "max");
        flags.put("pooling_mode_mean_tokens", "mean");
        flags.put("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens");
        flags.put("pooling_mode_weightedmean_tokens", "weightedmean");
        flags.put("pooling_mode_lasttoken", "lasttoken");
        return flags;
    }

    private static SentenceModule dense(Path path, Json config) {
        EncoderConfig settings = new EncoderConfig(config);
        Path file = path.resolve("model.safetensors");
        if (!Files.exists(file) && Files.exists(path.resolve("pytorch_model.bin"))) {
            throw ModelFolder.onlyPickle(path);
        }
        requireSentence(config, "module_input_name");
        requireSentence(config, "module_output_name");
        Activation activation = activation(config.optional("activation_function"), Activation.TANH);
        try (Checkpoint weights = Checkpoint.open(file)) {
            return new SentenceModule.Dense(settings.size("in_features", 0), settings.size("out_features", 0),
                    settings.flag("bias", true), activation, settings.flag("use_residual", false),
                    weights.inMemory());
        }
    }

    /** A dense layer may be told to work on something else than what was pooled. */
    private static void requireSentence(Json config, String name) {
        if (config.has(name) && !config.get(name).text().equals("sentence_embedding")) {
            throw config.get(name).unknown(List.of("sentence_embedding"));
        }
    }

    /** Returns the function that a class of PyTorch is. */
    static Activation activation(Json className, Activation absent) {
        if (className.isNull()) {
            return absent;
        }
        Activation activation = ACTIVATIONS.get(lastPart(className));
        if (activation == null) {
            throw className.unknown(ACTIVATIONS.keySet().stream().sorted().toList());
        }
        return activation;
    }

    private static SentenceModule splade(Json config) {
        Json strategy = config.optional("pooling_strategy");
        Pooling pooling = switch (strategy.isNull() ? "max" : strategy.text()) {
            case "max" -> Pooling.MAX;
            case "sum" -> Pooling.SUM;
            default -> throw strategy.unknown(List.of("max", "sum"));
        };
        Json function = config.optional("activation_function");
        return switch (function.isNull() ? "relu" : function.text()) {
            case "relu" -> new SentenceModule.Splade(pooling, 1);
            case "log1p_relu" -> new SentenceModule.Splade(pooling, 2);
            default -> throw function.unknown(List.of("relu", "log1p_relu"));
        };
    }
}
