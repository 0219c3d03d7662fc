package io.lanewise.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lanewise.weights.SafetensorsWriter;

/** Folders of tiny BERTs with random weights and words {@code w0 w1 …}, for what does not depend on what a model has learnt. */
final class TinyModel {

    static final int WORDS = 40;
    static final int FEATURES = 16;
    static final int PLACES = 24;

    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final int INNER = 24;

    private final Path path;
    private final SafetensorsWriter weights = SafetensorsWriter.create();
    private final Random random = new Random(5);

    private TinyModel(Path path) {
        this.path = path;
    }

    /** Writes an embedder: the mean of its rows, and of length 1. */
    static Path embedder(Path folder) {
        return new TinyModel(folder).write("BertModel", SPECIAL.size() + WORDS, 0);
    }

    /** Writes an embedder whose table has more rows, or fewer, than there are tokens. */
    static Path embedder(Path folder, int rows) {
        return new TinyModel(folder).write("BertModel", rows, 0);
    }

    /** Writes a reranker. */
    static Path reranker(Path folder) {
        return new TinyModel(folder).write("BertForSequenceClassification", SPECIAL.size() + WORDS, 1);
    }

    /** Writes a masked-language model with SPLADE's pooling; the decoder is the table of words. */
    static Path splade(Path folder) {
        put(folder, "modules.json", """
                [{"path": "", "type": "x.MLMTransformer"}, {"path": "1_SpladePooling", "type": "x.SpladePooling"}]
                """);
        put(folder, "1_SpladePooling/config.json", "{\"pooling_strategy\": \"max\"}");
        return new TinyModel(folder).write("BertForMaskedLM", SPECIAL.size() + WORDS, 0);
    }

    /** Writes a classifier of so many labels. */
    static Path classifier(Path folder, String task, int labels) {
        return new TinyModel(folder).write("BertFor" + task, SPECIAL.size() + WORDS, labels);
    }

    /** Returns a text of so many words from some word on. */
    static String words(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(i -> "w" + i % WORDS).collect(Collectors.joining(" "));
    }

    /** Writes a small file of a folder. */
    static void put(Path folder, String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String architecture, int rows, int labels) {
        matrix("embeddings.word_embeddings.weight", rows, FEATURES);
        matrix("embeddings.position_embeddings.weight", PLACES, FEATURES);
        matrix("embeddings.token_type_embeddings.weight", 2, FEATURES);
        norm("embeddings.LayerNorm");
        String layer = "encoder.layer.0.";
        for (String projection : List.of("attention.self.query", "attention.self.key", "attention.self.value",
                "attention.output.dense")) {
            linear(layer + projection, FEATURES, FEATURES);
        }
        norm(layer + "attention.output.LayerNorm");
        linear(layer + "intermediate.dense", INNER, FEATURES);
        linear(layer + "output.dense", FEATURES, INNER);
        norm(layer + "output.LayerNorm");
        if (architecture.endsWith("MaskedLM")) {
            linear("cls.predictions.transform.dense", FEATURES, FEATURES);
            norm("cls.predictions.transform.LayerNorm");
            vector("cls.predictions.bias", rows, 0);
        } else if (labels > 0) {
            linear("pooler.dense", FEATURES, FEATURES);
            linear("classifier", labels, FEATURES);
        } else {
            put(path, "modules.json", """
                    [{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"},
                     {"path": "2_Normalize", "type": "x.Normalize"}]
                    """);
            put(path, "1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}");
        }
        weights.writeTo(path.resolve("model.safetensors"));
        put(path, "config.json", """
                {"architectures": ["%s"], "model_type": "bert", "hidden_size": %d, "num_attention_heads": 2,
                 "num_hidden_layers": 1, "intermediate_size": %d, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
                 "max_position_embeddings": %d, "type_vocab_size": 2, "vocab_size": %d}
                """.formatted(architecture, FEATURES, INNER, PLACES, rows));
        put(path, "tokenizer.json", tokenizer());
        return path;
    }

    private void linear(String name, int out, int in) {
        matrix(name + ".weight", out, in);
        vector(name + ".bias", out, 0);
    }

    private void norm(String name) {
        vector(name + ".weight", FEATURES, 1);
        vector(name + ".bias", FEATURES, 0);
    }

    private void matrix(String name, int rows, int columns) {
        weights.addFloats(name, List.of((long) rows, (long) columns), numbers(rows * columns, 0));
    }

    private void vector(String name, int size, float around) {
        weights.addFloats(name, List.of((long) size), numbers(size, around));
    }

    private float[] numbers(int count, float around) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = around + 0.4f * (float) random.nextGaussian();
        }
        return numbers;
    }

    private static String tokenizer() {
        List<String> tokens = new ArrayList<>(SPECIAL);
        IntStream.range(0, WORDS).forEach(i -> tokens.add("w" + i));
        String vocabulary = IntStream.range(0, tokens.size()).mapToObj(i -> "\"" + tokens.get(i) + "\": " + i)
                .collect(Collectors.joining(", "));
        String added = IntStream.range(0, SPECIAL.size()).mapToObj(i -> """
                {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false,
                 "special": true}""".formatted(i, SPECIAL.get(i))).collect(Collectors.joining(", "));
        return """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s],
                 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                   "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
                 "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                   "max_input_chars_per_word": 100, "vocab": {%s}}}
                """.formatted(added, vocabulary);
    }
}
