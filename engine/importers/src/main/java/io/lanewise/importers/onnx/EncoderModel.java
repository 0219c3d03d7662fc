package io.lanewise.importers.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.importers.onnx.Recovery.Parts;

/** Writes down what was recovered as the hub has it: settings and named weights. */
final class EncoderModel {

    private final Parts parts;
    private final Trials trials;
    private final WeightNames weights;
    private final Match embeddings;
    private final String words;
    private final String types;
    private final String places;

    EncoderModel(Parts parts) {
        this.parts = parts;
        this.trials = parts.trials();
        this.weights = new WeightNames(parts.graph());
        this.embeddings = parts.embeddings();
        this.words = table(parts, "ids", trials::isIds);
        this.types = tables(parts).filter(table -> !table.equals(words) && trials.isTypes(index(parts, table)))
                .findFirst().orElse(null);
        this.places = tables(parts).filter(table -> !table.equals(words) && !table.equals(types)).findFirst()
                .orElseThrow(() -> unknown("places", index(parts, words)));
    }

    // ---------------------------------------------------------------- embeddings

    private static Stream<String> tables(Parts parts) {
        return Stream.of("first", "second", "third").filter(parts.embeddings()::has);
    }

    private static String index(Parts parts, String table) {
        return parts.embeddings().get(table + ".index");
    }

    private static String table(Parts parts, String what, Predicate<String> isIt) {
        return tables(parts).filter(table -> isIt.test(index(parts, table))).findFirst()
                .orElseThrow(() -> new LanewiseException("a graph must look up %s in a table: found none at %s"
                        .formatted(what, parts.graph().describe(parts.embeddings().get("norm")))));
    }

    /** Returns the value by which places are looked up, as far as can be told before padding is known. */
    static String places(Parts parts) {
        return tables(parts).map(table -> index(parts, table))
                .filter(index -> !parts.trials().isIds(index) && !parts.trials().isTypes(index)).findFirst()
                .orElseThrow(() -> new LanewiseException("a graph must look up places in a table: found none at "
                        + parts.graph().describe(parts.embeddings().get("norm"))));
    }

    private LanewiseException unknown(String what, String value) {
        return new LanewiseException("%s must be computed in a way that is known: %s".formatted(what,
                parts.graph().describe(value)));
    }

    // ---------------------------------------------------------------- the model

    RecoveredModel model() {
        boolean isCounted = trials.isCounted(index(parts, places));
        if (!isCounted && !trials.isPlaces(index(parts, places))) {
            throw unknown("places", index(parts, places));
        }
        Family family = family(isCounted);
        boolean isClassifier = parts.outputs().sequenceLogits != null || parts.outputs().tokenLogits != null;
        String prefix = isClassifier ? family.prefix() : "";
        addEmbeddings(family, prefix);
        LayerSizes sizes = new LayerSizes(parts, weights, weights.find(prefix + wordTable()).columns());
        for (int i = 0; i < parts.layers().size(); i++) {
            sizes.check(parts.layers().get(i));
            addLayer(family, prefix + family.layer() + i + ".", parts.layers().get(i));
        }
        addHeads(family, prefix);
        Match sentence = parts.outputs().sentence;
        return new RecoveredModel(config(family, sizes, prefix), weights.all(),
                sentence == null ? null : pooling(sentence), sentence != null && sentence.has("normalized"),
                weights.isQuantized());
    }

    private Family family(boolean isCounted) {
        boolean hasRelative = parts.layers().stream().anyMatch(layer -> layer.has("relative.weight"));
        List<Family> families = Family.of(types != null, isCounted, hasRelative);
        boolean isElectra = embeddings.has("projection") || parts.outputs().sequenceLogits != null
                && parts.outputs().sequenceLogits.has("gelu");
        return families.stream().filter(family -> (family == Family.ELECTRA) == isElectra).findFirst()
                .orElseThrow(() -> new LanewiseException("a graph must be of a family that is known: token types=%b, "
                        .formatted(types != null)
                        + "places behind padding=%b, relative places=%b".formatted(isCounted,
                                hasRelative)));
    }

    private static String wordTable() {
        return "embeddings.word_embeddings.weight";
    }

    private void addEmbeddings(Family family, String prefix) {
        weights.addTable(prefix + wordTable(), embeddings, words);
        weights.addTable(prefix + "embeddings.position_embeddings.weight", embeddings, places);
        if (types != null) {
            weights.addTable(prefix + "embeddings.token_type_embeddings.weight", embeddings, types);
        }
        weights.addVectors(prefix + "embeddings.LayerNorm", embeddings, "norm");
        if (embeddings.has("projection")) {
            weights.addLinear(prefix + "embeddings_project", embeddings, "projection");
        }
        if (family.hasRelative()) {
            addRelative(prefix);
        }
    }

    /** One table serves all layers. */
    private void addRelative(String prefix) {
        Match first = parts.layers().getFirst();
        boolean isOne = parts.layers().stream().allMatch(layer -> layer.has("relative.weight")
                && layer.get("relative.weight").equals(first.get("relative.weight"))
                && trials.isBuckets(layer.get("relative.index")));
        if (!isOne) {
            throw unknown("relative places", first.get("relative"));
        }
        weights.addTable(prefix + "encoder.relative_attention_bias.weight", first, "relative");
    }

    private void addLayer(Family family, String layer, Match match) {
        for (String part : List.of("query", "key", "value", "attention.output", "intermediate", "output")) {
            weights.addLinear(layer + family.names().get(part), match, part);
        }
        for (String part : List.of("attention.norm", "output.norm")) {
            weights.addVectors(layer + family.names().get(part), match, part);
        }
    }

    // ---------------------------------------------------------------- what stands on it

    private void addHeads(Family family, String prefix) {
        Recovery.Outputs outputs = parts.outputs();
        if (outputs.sequenceLogits != null) {
            Family.Classifier classifier = family.classifier();
            if (!outputs.sequenceLogits.has(classifier.activation())) {
                throw new LanewiseException("a classifier of %s must have %s between its layers: %s".formatted(
                        family.modelType(), classifier.activation(),
                        parts.graph().describe(outputs.sequenceLogits.get("dense"))));
            }
            weights.addLinear(classifier.dense(), outputs.sequenceLogits, "dense");
            weights.addLinear(classifier.out(), outputs.sequenceLogits, "classifier");
        }
        if (outputs.tokenLogits != null) {
            weights.addLinear("classifier", outputs.tokenLogits, "classifier");
        }
        if (outputs.pooler != null) {
            if (family == Family.DISTILBERT || family == Family.ELECTRA) {
                throw unknown("the pooler of a family without one", outputs.pooler.get("dense"));
            }
            weights.addLinear(prefix + "pooler.dense", outputs.pooler, "dense");
        }
    }

    private String pooling(Match sentence) {
        if (sentence.has("mean")) {
            boolean isMean = trials.isShown(sentence.get("shown")) && trials.isCounts(sentence.get("counts"));
            if (!isMean) {
                throw unknown("the mean of rows", sentence.get("mean"));
            }
            return "mean";
        }
        return "cls";
    }

    // ---------------------------------------------------------------- settings

    private Map<String, Object> config(Family family, LayerSizes sizes, String prefix) {
        SequencedMap<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of(family.className() + task()));
        config.put("model_type", family.modelType());
        config.put("vocab_size", weights.find(prefix + wordTable()).rows());
        config.put(family.sizes().get(0), sizes.features());
        config.put(family.sizes().get(1), parts.layers().size());
        config.put(family.sizes().get(2), sizes.heads());
        config.put(family.sizes().get(3), sizes.intermediate());
        config.put(family.sizes().get(4), sizes.activation());
        config.put("max_position_embeddings",
                weights.find(prefix + "embeddings.position_embeddings.weight").rows());
        addEpsilon(family, config);
        if (types != null) {
            config.put("type_vocab_size", weights.find(prefix + "embeddings.token_type_embeddings.weight").rows());
            config.put("position_embedding_type", "absolute");
        }
        if (family == Family.ELECTRA) {
            config.put("embedding_size", weights.find(prefix + wordTable()).columns());
        }
        if (family.hasRelative()) {
            config.put("relative_attention_num_buckets",
                    weights.find(prefix + "encoder.relative_attention_bias.weight").rows());
        }
        config.put("pad_token_id", family.countsPlaces() ? trials.padding() : 0);
        return config;
    }

    private String task() {
        return parts.outputs().sequenceLogits != null
                ? "ForSequenceClassification"
                : parts.outputs().tokenLogits != null ? "ForTokenClassification" : "Model";
    }

    /** All norms have the same; DistilBERT's is none of its settings. */
    private void addEpsilon(Family family, Map<String, Object> config) {
        double epsilon = weights.epsilon(embeddings, "norm");
        for (Match layer : parts.layers()) {
            for (String norm : List.of("attention.norm", "output.norm")) {
                if (weights.epsilon(layer, norm) != epsilon) {
                    throw unknown("the epsilon of all norms", layer.get(norm));
                }
            }
        }
        if (family != Family.DISTILBERT) {
            config.put("layer_norm_eps", epsilon);
        } else if (epsilon != 1e-12) {
            throw new LanewiseException("the epsilon of a distilbert must be 1e-12: epsilon=" + epsilon);
        }
    }
}
