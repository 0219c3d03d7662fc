package io.lanewise.importers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.lanewise.encoders.SentenceModule;
import io.lanewise.graph.RowPlace;

/**
 * How rows become a sentence's vector.
 *
 * @param mode one of {@link ImportOptions#POOLINGS}; {@code modules.json} where that file says more than one word could
 * @param normalizes whether the vector is made one of length 1
 * @param source who says so
 */
public record Pooling(String mode, boolean normalizes, Source source) {

    /** Who says how. */
    public enum Source {
        /** Whoever imports. */
        OPTION,
        /** The graph, which pools by itself. */
        GRAPH,
        /** Files beside the imported one. */
        FILES,
        /** Nobody. Rows are averaged then, as sentence-transformers does, and the vector is left as long as it is. */
        ASSUMED
    }

    /** The mode of a pooling that {@code modules.json} describes. */
    static final String BY_MODULES = "modules.json";

    private static final String SPLADE = "splade";

    /** Says whether words are pooled, for a sparse vector. */
    boolean isOfWords() {
        return mode.startsWith(SPLADE);
    }

    /** Returns the modules behind the encoder. */
    List<SentenceModule> modules() {
        SentenceModule pool = switch (mode) {
            case "mean" -> all(io.lanewise.graph.Pooling.MEAN);
            case "max" -> all(io.lanewise.graph.Pooling.MAX);
            case "mean_sqrt_len_tokens" -> all(io.lanewise.graph.Pooling.MEAN_SQRT_LENGTH);
            case "weightedmean" -> all(io.lanewise.graph.Pooling.WEIGHTED_MEAN);
            case "cls" -> one(RowPlace.FIRST);
            case "lasttoken" -> one(RowPlace.LAST);
            case SPLADE -> new SentenceModule.Splade(io.lanewise.graph.Pooling.MAX, 1);
            case "splade-sum" -> new SentenceModule.Splade(io.lanewise.graph.Pooling.SUM, 1);
            default -> throw new IllegalStateException("mode=" + mode);
        };
        return normalizes ? List.of(pool, new SentenceModule.Normalize()) : List.of(pool);
    }

    private static SentenceModule all(io.lanewise.graph.Pooling pooling) {
        return new SentenceModule.Pool(List.of(new SentenceModule.AllRows(pooling)));
    }

    private static SentenceModule one(RowPlace row) {
        return new SentenceModule.Pool(List.of(new SentenceModule.OneRow(row)));
    }

    // ---------------------------------------------------------------- as sentence-transformers writes it

    /** Returns the name of the pooling's folder. */
    String folder() {
        return isOfWords() ? "1_SpladePooling" : "1_Pooling";
    }

    /** Returns the folder's settings. */
    Map<String, Object> config(Object features) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("word_embedding_dimension", features);
        if (isOfWords()) {
            config.put("pooling_strategy", mode.equals(SPLADE) ? "max" : "sum");
            config.put("activation_function", "relu");
        } else {
            Stream.of("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens",
                    "lasttoken").forEach(
                            flag -> config.put("pooling_mode_" + flag,
                                    flag.replaceFirst("(?<!len)_tokens?$", "").equals(mode)));
        }
        return config;
    }

    /** Returns the list that is {@code modules.json}. */
    List<Object> list() {
        String models = isOfWords() ? "sentence_transformers.sparse_encoder.models." : "sentence_transformers.models.";
        Map<String, Object> encoder = module(0, "", models + (isOfWords() ? "MLMTransformer" : "Transformer"));
        Map<String, Object> pool = module(1, folder(), models + (isOfWords() ? "SpladePooling" : "Pooling"));
        return normalizes
                ? List.of(encoder, pool, module(2, "2_Normalize", models + "Normalize"))
                : List.of(encoder, pool);
    }

    private static Map<String, Object> module(int index, String path, String type) {
        Map<String, Object> module = new LinkedHashMap<>();
        module.put("idx", index);
        module.put("name", Integer.toString(index));
        module.put("path", path);
        module.put("type", type);
        return module;
    }
}
