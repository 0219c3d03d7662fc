package io.lanewise.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lanewise.weights.SafetensorsWriter;

/** all-MiniLM-L6-v2 as a folder of the hub: the weights of an ONNX file in an artifact on the class path, made once in a JVM. */
final class HubFolder {

    private static final String RESOURCE = "/all-minilm-l6-v2";

    private record Tensor(List<Long> shape, float[] values) {

        /** ONNX multiplies by {@code [in, out]}, the hub's files have {@code [out, in]}. */
        Tensor transposed() {
            int rows = shape.get(0).intValue();
            int columns = shape.get(1).intValue();
            float[] turned = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                turned[i % columns * rows + i / columns] = values[i];
            }
            return new Tensor(shape.reversed(), turned);
        }
    }

    private static Path minilm;

    private HubFolder() {}

    /** Returns the folder, which nobody may change. */
    static synchronized Path minilm() {
        if (minilm == null) {
            try {
                minilm = Files.createTempDirectory("minilm");
                Path made = minilm;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
                write(minilm);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return minilm;
    }

    /** Makes a folder of its own of the same files. */
    static Path linkedInto(Path folder) {
        try (Stream<Path> files = Files.walk(minilm())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(minilm.relativize(file).toString());
                Files.createDirectories(to.getParent());
                if (file.endsWith("model.safetensors")) {
                    Files.createLink(to, file);
                } else {
                    Files.copy(file, to);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path folder) throws IOException {
        Protobuf graph = Protobuf.of(ByteBuffer.wrap(resource(".onnx"))).all(7).getFirst().message();
        SafetensorsWriter writer = SafetensorsWriter.create();
        weights(graph).forEach((name, tensor) -> writer.addFloats(name, tensor.shape(), tensor.values()));
        writer.writeTo(folder.resolve("model.safetensors"));
        Files.write(folder.resolve("tokenizer.json"), resource("-tokenizer.json"));
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["BertModel"], "model_type": "bert", "hidden_size": 384, "num_attention_heads": 12,
                 "num_hidden_layers": 6, "intermediate_size": 1536, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
                 "max_position_embeddings": 512, "type_vocab_size": 2, "vocab_size": 30522, "pad_token_id": 0}
                """);
        Files.writeString(folder.resolve("modules.json"), """
                [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                 {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                 {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
                """);
        Files.writeString(folder.resolve("sentence_bert_config.json"),
                "{\"max_seq_length\": 256, \"do_lower_case\": false}");
        Files.writeString(Files.createDirectory(folder.resolve("1_Pooling")).resolve("config.json"),
                "{\"word_embedding_dimension\": 384, \"pooling_mode_mean_tokens\": true}");
    }

    private static byte[] resource(String ending) throws IOException {
        try (InputStream in = HubFolder.class.getResourceAsStream(RESOURCE + ending)) {
            return in.readAllBytes();
        }
    }

    /** Weights of linear layers have no name of their own: the bias that is added behind them has. */
    private static Map<String, Tensor> weights(Protobuf graph) {
        Map<String, Tensor> stored = graph.all(5).stream().map(Protobuf.Field::message)
                .filter(tensor -> tensor.numbers(2).equals(List.of(1L)))
                .collect(Collectors.toMap(tensor -> tensor.texts(8).getFirst(), HubFolder::tensor));
        Map<String, Tensor> weights = new TreeMap<>();
        stored.forEach((name, tensor) -> {
            if (name.endsWith(".weight") || name.endsWith(".bias")) {
                weights.put(name, tensor);
            }
        });
        List<Protobuf> nodes = graph.all(1).stream().map(Protobuf.Field::message).toList();
        for (Protobuf node : nodes) {
            Tensor weight = node.texts(4).equals(List.of("MatMul")) ? stored.get(node.texts(1).get(1)) : null;
            if (weight != null) {
                String product = node.texts(2).getFirst();
                Protobuf sum = nodes.stream().filter(user -> user.texts(1).contains(product)).findFirst().orElseThrow();
                String bias = sum.texts(1).stream().filter(stored::containsKey).findFirst().orElseThrow();
                weights.put(bias.replace(".bias", ".weight"), weight.transposed());
            }
        }
        return weights;
    }

    private static Tensor tensor(Protobuf tensor) {
        ByteBuffer raw = tensor.all(9).getFirst().bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[raw.remaining() / Float.BYTES];
        IntStream.range(0, values.length).forEach(i -> values[i] = raw.getFloat(i * Float.BYTES));
        return new Tensor(tensor.numbers(1), values);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
