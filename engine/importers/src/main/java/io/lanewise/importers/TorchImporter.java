package io.lanewise.importers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

import io.lanewise.LanewiseException;
import io.lanewise.importers.torch.TorchFile;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/**
 * Imports tensors from files that PyTorch saved: {@code .bin}, {@code .pth} and {@code .pt}, state dicts and whole modules, in the
 * zip format and the one before it. What the pickle in such a file asks to call is never called.
 */
public final class TorchImporter {

    private static final String WEIGHTS = "pytorch_model.bin";
    private static final String INDEX = "pytorch_model.bin.index.json";

    /** Names that no other model has together. */
    private static final List<String> ONLY_HGA = List.of("sentence_encoder.rnn.weight_ih_l0",
            "video_encoder.rnn.weight_ih_l0");

    private TorchImporter() {}

    /** Says whether a file begins as those that PyTorch saves, or a folder of the hub has such files. */
    public static boolean reads(Path path) {
        return Files.isDirectory(path)
                ? Files.isRegularFile(path.resolve(WEIGHTS)) || Files.isRegularFile(path.resolve(INDEX))
                : path.endsWith(INDEX) || TorchFile.isOne(path);
    }

    /**
     * Opens a file, or the shards that an index lists; they are read as long as the model is open.
     *
     * @param path a file that PyTorch saved, a {@code pytorch_model.bin.index.json}, or a folder that has either
     * @throws LanewiseException if it is unreadable, is none of PyTorch's, or asks for anything but tensors; the message names what
     *         it asks for
     */
    public static ImportedModel read(Path path) {
        if (Files.isDirectory(path)) {
            return read(path.resolve(Files.isRegularFile(path.resolve(INDEX)) ? INDEX : WEIGHTS));
        }
        return path.endsWith(INDEX) ? model(path, shards(path)) : model(path, List.of(path));
    }

    private static ImportedModel model(Path source, List<Path> paths) {
        List<TorchFile> files = new ArrayList<>();
        Runnable closing = () -> files.forEach(TorchFile::close);
        try {
            SequencedMap<String, ImportedTensor> tensors = new LinkedHashMap<>();
            Map<String, String> settings = new LinkedHashMap<>();
            for (Path path : paths) {
                TorchFile file = TorchFile.open(path);
                files.add(file);
                settings.putAll(file.settings());
                file.tensors().forEach((name, tensor) -> {
                    ImportedTensor imported = new ImportedTensor(TorchFile.type(tensor),
                            Arrays.stream(tensor.size()).boxed().toList(), () -> file.read(tensor));
                    if (tensors.put(name, imported) != null) {
                        throw new LanewiseException("a tensor must be in one shard: tensor=%s, file=%s".formatted(
                                LanewiseException.quote(name), path));
                    }
                });
            }
            if (tensors.keySet().containsAll(ONLY_HGA)) {
                settings.put("layer", "hga");
                settings.remove("task", "none"); // of a module that never ran
            }
            return new ImportedModel(source, Map.of(), settings, tensors, null, false, closing);
        } catch (RuntimeException | Error refused) {
            closing.run();
            throw refused;
        }
    }

    /** A shard is a file beside the index, never elsewhere. */
    private static List<Path> shards(Path index) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (Json file : JsonFile.settings(index).get("weight_map").members().values()) {
            if (!file.text().matches("[\\w-][\\w.-]*")) {
                throw new LanewiseException("a shard must be a file beside its index: %s=%s, file=%s".formatted(
                        file.path(), LanewiseException.quote(file.text()), index));
            }
            names.add(file.text());
        }
        if (names.isEmpty()) {
            throw new LanewiseException("an index must list shards: file=" + index);
        }
        return names.stream().map(index::resolveSibling).toList();
    }
}
