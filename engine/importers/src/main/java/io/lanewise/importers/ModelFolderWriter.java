package io.lanewise.importers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/** Writes an imported model as a folder: beside the target under a random name first, then moved there in one step. */
final class ModelFolderWriter {

    /** What else a hub's folder has, and is taken along. */
    private static final List<String> COMPANIONS = List.of("tokenizer_config.json", "special_tokens_map.json",
            "added_tokens.json", "vocab.txt", "vocab.json", "merges.txt", "sentence_bert_config.json",
            "config_sentence_transformers.json");

    private static final String MODULES = "modules.json";
    private static final String WEIGHTS = "model.safetensors";

    private final ImportedModel model;
    private final Path target;
    private final ImportOptions options;

    ModelFolderWriter(ImportedModel model, Path target, ImportOptions options) {
        this.model = model;
        this.target = target.toAbsolutePath().normalize();
        this.options = options;
    }

    void write(LongConsumer progress) {
        requireNew(target);
        Json settings = settings();
        Pooling pooling = model.pooling(options).orElse(null);
        Path beside = target.resolveSibling(".lanewise-" + UUID.randomUUID() + ".tmp");
        boolean moved = false;
        try {
            Files.createDirectory(beside);
            Files.writeString(beside.resolve(ModelSettings.CONFIG), JsonText.of(settings));
            copy(tokenizer(), beside.resolve("tokenizer.json"));
            for (String name : COMPANIONS) {
                copy(model.companions().find(name), beside.resolve(name));
            }
            if (pooling != null) {
                writeModules(pooling, settings, beside);
            }
            model.writeTensors(beside.resolve(WEIGHTS), Map.of(), progress);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
        } catch (IOException e) {
            throw new LanewiseException("folder must be writable: folder=%s, reason=%s".formatted(target,
                    LanewiseException.shorten(String.valueOf(e.getMessage()), 160)), e);
        } finally {
            if (!moved) {
                deleteQuietly(beside);
            }
        }
    }

    private static void requireNew(Path target) {
        boolean isNew = !Files.exists(target);
        try (Stream<Path> files = isNew ? Stream.empty() : Files.list(target)) {
            if (!isNew && files.findAny().isPresent()) {
                throw new LanewiseException("folder to write must not be there yet, or be empty: folder=" + target);
            }
        } catch (IOException e) {
            throw new LanewiseException("folder to write must not be a file: folder=" + target, e);
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new LanewiseException("directory of the folder to write must exist: folder=" + target);
        }
    }

    private Json settings() {
        Json settings = new ModelSettings(model).json();
        if (settings == null) {
            throw new LanewiseException("a model's folder needs its settings, which such a file does not have: no "
                    + "config.json beside " + model.companions().source()
                    + "; -o FILE.safetensors takes the tensors alone");
        }
        return settings;
    }

    // ---------------------------------------------------------------- what comes behind the encoder

    private void writeModules(Pooling pooling, Json settings, Path folder) throws IOException {
        if (pooling.mode().equals(Pooling.BY_MODULES)) {
            copyModules(model.companions().forPooling(MODULES), folder);
            return;
        }
        Path module = Files.createDirectory(folder.resolve(pooling.folder()));
        Object features = settings.optional(settings.has("hidden_size") ? "hidden_size" : "dim").value();
        Files.writeString(module.resolve(ModelSettings.CONFIG), JsonText.of(pooling.config(features)));
        Files.writeString(folder.resolve(MODULES), JsonText.of(pooling.list()));
    }

    /** The encoder's own files stand at the top of the folder, wherever its list had them. */
    private static void copyModules(Path modules, Path folder) throws IOException {
        List<Object> list = new ArrayList<>();
        for (Json module : JsonFile.settings(modules).list()) {
            SequencedMap<String, Object> entry = new LinkedHashMap<>(module.members());
            if (module.get("type").text().endsWith("Transformer")) {
                entry.put("path", "");
            } else {
                copyModule(module.get("path"), modules.getParent(), folder);
            }
            list.add(entry);
        }
        Files.writeString(folder.resolve(MODULES), JsonText.of(list));
    }

    private static void copyModule(Json name, Path from, Path folder) throws IOException {
        String path = name.text();
        if (!path.matches("[\\w-]*")) {
            throw new LanewiseException("a module's folder must have a plain name: %s=%s".formatted(name.path(),
                    LanewiseException.quote(path)));
        }
        if (path.isEmpty() || !Files.isDirectory(from.resolve(path)) || Files.exists(folder.resolve(path))) {
            return; // one without files
        }
        Path module = Files.createDirectory(folder.resolve(path));
        copy(Companions.orNull(from.resolve(path).resolve(ModelSettings.CONFIG)), module.resolve(ModelSettings.CONFIG));
        Path weights = Companions.orNull(from.resolve(path).resolve(WEIGHTS));
        Path pickle = Companions.orNull(from.resolve(path).resolve("pytorch_model.bin"));
        copy(weights, module.resolve(WEIGHTS));
        if (weights == null && pickle != null) {
            try (ImportedModel dense = TorchImporter.read(pickle)) {
                dense.writeTensors(module.resolve(WEIGHTS));
            }
        }
    }

    // ---------------------------------------------------------------- files beside the source

    private Path tokenizer() {
        if (options.tokenizer() != null && !Files.isRegularFile(options.tokenizer())) {
            throw new LanewiseException("tokenizer must exist: tokenizer=" + options.tokenizer());
        }
        return options.tokenizer() == null ? model.companions().tokenizer() : options.tokenizer();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (from != null) {
            Files.copy(from, to);
        }
    }

    /** The failure that led here is the one to report. */
    private static void deleteQuietly(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return;
        }
    }
}
