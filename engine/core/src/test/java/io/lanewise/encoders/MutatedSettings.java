package io.lanewise.encoders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/** The JSON files of a folder, in which a fuzzer changes members, one after the other; seldom a file as a whole. */
final class MutatedSettings {

    /** Names and words that some family asks for, so that they need not be guessed. */
    private static final String[] WORDS = {"bert", "xlm-roberta", "distilbert", "mpnet", "electra", "modernbert",
            "nomic_bert", "new", "qwen3", "deberta-v2", "albert", "alibi", "absolute", "rope", "ntk", "gelu", "relu",
            "silu",
            "swiglu", "geglu", "reglu", "rms_norm", "layer_norm", "layer_norm|x", "full_attention", "sliding_attention",
            "default", "c2p", "p2c", "c2p|p2c", "cls", "mean", "max", "lasttoken", "weightedmean", "sum",
            "x.Transformer", "x.Pooling", "x.Dense", "x.Normalize", "x.SpladePooling", "", "1_Pooling", "2_Dense",
            "../x",
            "BertModel", "BertForMaskedLM", "BertForSequenceClassification", "BertForTokenClassification", "x.Sigmoid"};

    private static final String[] NAMES = {"rope_parameters", "rope_scaling", "layer_types", "full_attention",
            "sliding_attention", "rope_theta", "type", "rope_type", "factor", "mixed_b", "position_buckets",
            "relative_attention", "max_relative_positions", "embedding_size", "head_dim", "num_key_value_heads",
            "num_experts", "rotary_emb_fraction", "rotary_scaling_factor", "max_position_embeddings",
            "sbert_ce_default_activation_function", "sentence_transformers", "activation_fn", "id2label",
            "pooling_mode",
            "use_residual", "bias", "include_prompt", "pooling_strategy", "layer_norm_type", "pack_qkv",
            "position_biased_input", "type_vocab_size", "pad_vocab_size_multiple", "inner_group_num",
            "num_hidden_groups", "local_attention", "classifier_pooling", "pos_att_type", "norm_rel_ebd",
            "share_att_key", "use_bidirectional_attention", "attention_bias", "norm_bias", "mlp_bias", "path"};

    private static final int MOST_MUTATIONS = 4;

    private final FuzzedDataProvider data;
    private final Map<String, Object> files = new LinkedHashMap<>(); // by path: a tree of maps, lists and values, or text
    private boolean good = true;

    MutatedSettings(FuzzedDataProvider data, Path golden) {
        this.data = data;
        try (Stream<Path> all = Files.walk(golden)) {
            all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(file -> files
                    .put(golden.relativize(file).toString(), tree(JsonFile.settings(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int mutations = data.consumeInt(0, MOST_MUTATIONS);
        for (int i = 0; i < mutations; i++) {
            mutate();
        }
    }

    /** Says whether nothing was changed. */
    boolean isGood() {
        return good;
    }

    /** Returns the text of each file. */
    Map<String, String> files() {
        Map<String, String> texts = new LinkedHashMap<>();
        files.forEach((path, tree) -> texts.put(path, tree instanceof Text(String text) ? text : text(tree)));
        return texts;
    }

    /** A file that is no tree any more. */
    private record Text(String text) {}

    private static Object tree(Json json) {
        if (json.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            json.members().forEach((name, value) -> members.put(name, tree(value)));
            return members;
        }
        return json.value() instanceof List
                ? new ArrayList<>(json.list().stream().map(MutatedSettings::tree).toList())
                : json.value();
    }

    private static String text(Object tree) {
        return switch (tree) {
            case null -> "null";
            case Map<?, ?> members -> String.join(",", members.entrySet().stream()
                    .map(member -> quoted(member.getKey().toString()) + ":" + text(member.getValue())).toList())
                    .transform(inside -> "{" + inside + "}");
            case List<?> elements ->
                "[" + String.join(",", elements.stream().map(MutatedSettings::text).toList()) + "]";
            case String string -> quoted(string);
            default -> tree.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            quoted.append(unit >= ' ' && unit < 0x7F && unit != '"' && unit != '\\'
                    ? Character.toString(unit)
                    : "\\u%04x".formatted((int) unit));
        }
        return quoted.append('"').toString();
    }

    // ---------------------------------------------------------------- changes

    private void mutate() {
        good = false;
        String file = data.pickValue(files.keySet());
        Object tree = files.get(file);
        if (data.consumeInt(0, 19) == 0 || tree instanceof Text) {
            files.put(file, new Text(data.consumeString(40)));
        } else {
            files.put(file, mutated(tree, 3));
        }
    }

    @SuppressWarnings("unchecked") // only such maps and lists are made
    private Object mutated(Object tree, int depth) {
        boolean goesDeeper = depth > 0 && data.consumeInt(0, 7) != 0;
        if (goesDeeper && tree instanceof Map<?, ?> map) {
            Map<String, Object> members = (Map<String, Object>) map;
            String name = members.isEmpty() || data.consumeInt(0, 3) == 0
                    ? data.pickValue(NAMES)
                    : data.pickValue(members.keySet());
            if (data.consumeInt(0, 7) == 0) {
                members.remove(name);
            } else {
                members.put(name, mutated(members.get(name), depth - 1));
            }
            return members;
        }
        if (goesDeeper && tree instanceof List<?> list && !list.isEmpty()) {
            List<Object> elements = (List<Object>) list;
            int index = data.consumeInt(0, elements.size() - 1);
            if (data.consumeBoolean()) {
                elements.add(index, elements.get(index));
            } else {
                elements.set(index, mutated(elements.get(index), depth - 1));
            }
            return elements;
        }
        return value();
    }

    private Object value() {
        return switch (data.consumeInt(0, 8)) {
            case 0 -> null;
            case 1 -> data.consumeBoolean();
            case 2 -> data.consumeInt(0, 40);
            case 3 -> data.consumeLong();
            case 4 -> data.pickValue(new Object[]{0, 1, 128, 129, 1 << 16, 1 << 17, Integer.MAX_VALUE, 1L << 31, -1});
            case 5 -> {
                double number = data.consumeDouble();
                yield Double.isFinite(number) ? number : 1e308;
            }
            case 6 -> data.consumeString(20);
            case 7 -> new LinkedHashMap<>(Map.of(data.pickValue(NAMES), data.pickValue(WORDS)));
            default -> data.consumeBoolean() ? data.pickValue(WORDS) : new ArrayList<>(List.of(data.pickValue(WORDS)));
        };
    }
}
