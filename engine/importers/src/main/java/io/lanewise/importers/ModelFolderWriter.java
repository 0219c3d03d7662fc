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
import java.util.UUID;
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

    /** Settings that a graph does not have, and that a folder may have beside it. */
    private static final List<String> LABELS = List.of("id2label", "label2id", "problem_type",
            "sbert_ce_default_activation_function", "sentence_transformers");

    private static final String CONFIG = "config.json";
    private static final String MODULES = "modules.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String WEIGHTS = "model.safetensors";

    private final ImportedModel model;
    private final Path target;

    ModelFolderWriter(ImportedModel model, Path target) {
        this.model = model;
        this.target = target.toAbsolutePath().normalize();
    }

    void write(Path tokenizer) {
        requireNew();
        Path beside = target.resolveSibling(".lanewise-" + UUID.randomUUID() + ".tmp");
        boolean moved = false;
        try {
            Files.createDirectory(beside);
            Files.writeString(beside.resolve(CONFIG), config());
            model.writeTensors(beside.resolve(WEIGHTS));
            copyTokenizer(tokenizer, beside);
            for (String name : COMPANIONS) {
                copy(companion(name), beside.resolve(name));
            }
            writeModules(beside);
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

    private void requireNew() {
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

    // ---------------------------------------------------------------- settings

    private String config() {
        Path given = companion(CONFIG);
        if (model.settings().isEmpty()) {
            if (given == null) {
                throw new LanewiseException("a model's folder needs its settings, which such a file does not have: no "
                        + "config.json beside " + model.source() + "; -o FILE.safetensors takes the tensors alone");
            }
            return JsonText.of(JsonFile.settings(given));
        }
        Map<String, Object> config = new LinkedHashMap<>(model.settings());
        if (given != null) {
            Json labels = JsonFile.settings(given);
            LABELS.stream().filter(labels::has).forEach(name -> config.put(name, labels.get(name)));
        }
        return JsonText.of(config);
    }

    private void writeModules(Path folder) throws IOException {
        Path given = companion(MODULES);
        if (given != null) {
            copy(given, folder.resolve(MODULES));
            for (Json module : JsonFile.settings(given).list()) {
                copyModule(module.get("path").text(), given.getParent(), folder);
            }
        } else if (model.pooling().isPresent()) {
            writePooling(folder, model.pooling().get());
        }
    }

    private static void copyModule(String path, Path from, Path folder) throws IOException {
        if (!path.matches("\\w+") || !Files.isDirectory(from.resolve(path))) {
            return; // the encoder itself, or one without files
        }
        Path module = Files.createDirectory(folder.resolve(path));
        copy(orNull(from.resolve(path).resolve(CONFIG)), module.resolve(CONFIG));
        Path weights = orNull(from.resolve(path).resolve(WEIGHTS));
        Path pickle = orNull(from.resolve(path).resolve("pytorch_model.bin"));
        copy(weights, module.resolve(WEIGHTS));
        if (weights == null && pickle != null) {
            try (ImportedModel dense = TorchImporter.read(pickle)) {
                dense.writeTensors(module.resolve(WEIGHTS));
            }
        }
    }

    private void writePooling(Path folder, ImportedModel.Pooling pooling) throws IOException {
        Path module = Files.createDirectory(folder.resolve("1_Pooling"));
        Map<String, Object> modes = new LinkedHashMap<>();
        modes.put("word_embedding_dimension",
                model.settings().getOrDefault("hidden_size", model.settings().get("dim")));
        modes.put("pooling_mode_cls_token", pooling.mode().equals("cls"));
        modes.put("pooling_mode_mean_tokens", pooling.mode().equals("mean"));
        Files.writeString(module.resolve(CONFIG), JsonText.of(modes));
        List<Object> modules = new ArrayList<>(List.of(module(0, "", "Transformer"),
                module(1, "1_Pooling", "Pooling")));
        if (pooling.normalizes()) {
            modules.add(module(2, "2_Normalize", "Normalize"));
        }
        Files.writeString(folder.resolve(MODULES), JsonText.of(modules));
    }

    private static Map<String, Object> module(int index, String path, String type) {
        Map<String, Object> module = new LinkedHashMap<>();
        module.put("idx", index);
        module.put("name", Integer.toString(index));
        module.put("path", path);
        module.put("type", "sentence_transformers.models." + type);
        return module;
    }

    // ---------------------------------------------------------------- files beside the source

    /** Returns a file beside the source, or in the folder above if exports have one of their own; null if there is none. */
    private Path companion(String name) {
        if (model.source() == null) {
            return null;
        }
        Path folder = model.source().toAbsolutePath().getParent();
        Path beside = orNull(folder.resolve(name));
        boolean isExports = folder.getFileName() != null && folder.getFileName().toString().equals("onnx");
        return beside == null && isExports ? orNull(folder.resolveSibling(name)) : beside;
    }

    private void copyTokenizer(Path given, Path folder) throws IOException {
        if (given != null && !Files.isRegularFile(given)) {
            throw new LanewiseException("tokenizer must exist: tokenizer=" + given);
        }
        Path found = given;
        if (found == null && model.source() != null) {
            String stem = model.source().getFileName().toString().replaceFirst("\\.\\w+$", "");
            Path named = companion(stem + "-" + TOKENIZER); // as in LangChain4j's jars
            found = named == null ? companion(TOKENIZER) : named;
        }
        copy(found, folder.resolve(TOKENIZER));
    }

    private static Path orNull(Path file) {
        return Files.isRegularFile(file) ? file : null;
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
