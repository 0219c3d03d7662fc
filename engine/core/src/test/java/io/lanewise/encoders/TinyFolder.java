package io.lanewise.encoders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;
import io.lanewise.weights.Checkpoint;
import io.lanewise.weights.SafetensorsWriter;
import io.lanewise.weights.TensorType;

/** A copy of a recorded case's folder, of which a test makes what it likes. */
public final class TinyFolder {

    private final Path path;
    private final Map<String, String> config = new LinkedHashMap<>(); // JSON by name

    private TinyFolder(Path path) {
        this.path = path;
        JsonFile.settings(path.resolve("config.json")).members()
                .forEach((name, value) -> config.put(name, json(value)));
    }

    /** Copies a case, such as {@code bert/odd}, into an empty folder. */
    public static TinyFolder copy(String golden, Path into) {
        Path from = EncoderCase.of(golden).folder();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = into.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(file));
            }
            return new TinyFolder(into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(Json json) {
        return switch (json.value()) {
            case null -> "null";
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case Map<?, ?> _ -> json.members().entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\": " + json(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case List<?> _ -> json.list().stream().map(TinyFolder::json).collect(Collectors.joining(", ", "[", "]"));
            default -> json.value().toString();
        };
    }

    /** Returns the folder. */
    public Path path() {
        return path;
    }

    /** Sets a member of {@code config.json}; null takes it away. */
    public TinyFolder config(String name, String json) {
        if (json == null) {
            config.remove(name);
        } else {
            config.put(name, json);
        }
        return write("config.json", config.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\": " + member.getValue())
                .collect(Collectors.joining(",\n", "{", "}")));
    }

    /** Returns a setting as JSON, or null. */
    public String config(String name) {
        return config.get(name);
    }

    /** Returns the names of the settings. */
    public List<String> settings() {
        return List.copyOf(config.keySet());
    }

    /** Writes a file. */
    public TinyFolder write(String file, String text) {
        try {
            Files.createDirectories(path.resolve(file).getParent());
            Files.writeString(path.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a file away. */
    public TinyFolder delete(String file) {
        try {
            Files.delete(path.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the weights anew, those that are in the file and others. */
    public TinyFolder weights(Map<String, Weight> changed) {
        SafetensorsWriter writer = SafetensorsWriter.create();
        try (Checkpoint weights = Checkpoint.open(path.resolve("model.safetensors"))) {
            for (String name : weights.names()) {
                Checkpoint.Entry entry = weights.find(name).orElseThrow();
                if (!changed.containsKey(name)) {
                    Weight.of(entry).add(writer, name);
                }
            }
        }
        changed.forEach((name, weight) -> {
            if (weight != null) {
                weight.add(writer, name);
            }
        });
        writer.writeTo(path.resolve("model.safetensors"));
        return this;
    }

    /** A tensor: of zeros, or of a file's. */
    public record Weight(TensorType type, List<Long> shape, byte[] bytes) {

        /** Makes a tensor of zeros. */
        public static Weight zeros(TensorType type, long... shape) {
            long elements = 1;
            for (long size : shape) {
                elements *= size;
            }
            return new Weight(type, java.util.Arrays.stream(shape).boxed().toList(),
                    new byte[(int) (elements * type.bytes())]);
        }

        static Weight of(Checkpoint.Entry entry) {
            float[] floats = entry.floats().get();
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(floats.length * Float.BYTES)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(floats);
            return new Weight(TensorType.F32, entry.shape(), bytes.array());
        }

        private void add(SafetensorsWriter writer, String name) {
            writer.add(name, type, shape, java.lang.foreign.MemorySegment.ofArray(bytes));
        }
    }
}
