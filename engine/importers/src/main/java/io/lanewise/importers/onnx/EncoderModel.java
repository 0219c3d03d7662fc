package io.lanewise.importers.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lanewise.LanewiseException;
import io.lanewise.importers.onnx.Recovery.Parts;

/** Writes down what was recovered as the hub has it: settings and named weights. */
final class EncoderModel {

    private static final String FEATURES = "Model";

    /** What converters to numbers of 16 bits replace smaller ones by is hardly more than this. */
    private static final double LEAST_HALF = 2e-7;
    private static final String TYPES = "embeddings.token_type_embeddings.weight";
    private static final String PLACES = "embeddings.position_embeddings.weight";

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
        this.weights = new WeightNames(parts.graph(), trials);
        this.embeddings = parts.embeddings();
        this.words = table(parts, "ids", trials::isIds);
        this.types = gathered(parts).filter(table -> !table.equals(words) && trials.isTypes(index(parts, table)))
                .findFirst().orElse(null);
        this.places = tables(parts).filter(table -> !table.equals(words) && !table.equals(types)).findFirst()
                .orElseThrow(() -> unknown("places", index(parts, words)));
    }

    // ---------------------------------------------------------------- embeddings

    private static Stream<String> tables(Parts parts) {
        return Stream.of("first", "second", "third").filter(parts.embeddings()::has);
    }

    /** A table that is cut has no index. */
    private static Stream<String> gathered(Parts parts) {
        return tables(parts).filter(table -> parts.embeddings().has(table + ".index"));
    }

    private static String index(Parts parts, String table) {
        return parts.embeddings().get(table + ".index");
    }

    private static String table(Parts parts, String what, Predicate<String> isIt) {
        return gathered(parts).filter(table -> isIt.test(index(parts, table))).findFirst()
                .orElseThrow(() -> new LanewiseException("a graph must look up %s in a table: found none at %s"
                        .formatted(what, parts.graph().describe(parts.embeddings().get("norm")))));
    }

    /** Returns the first token's place, as far as can be told before padding is known: 0 where places are not counted behind it. */
    static int firstPlace(Parts parts) {
        Match embeddings = parts.embeddings();
        Optional<String> cut = tables(parts).filter(table -> embeddings.has(table + ".start")).findFirst();
        if (cut.isPresent()) {
            return parts.trials().firstRow(embeddings.get(cut.get() + ".start"), embeddings.get(cut.get() + ".end"));
        }
        String index = gathered(parts).map(table -> index(parts, table))
                .filter(each -> !parts.trials().isIds(each) && !parts.trials().isTypes(each)).findFirst()
                .orElseThrow(() -> new LanewiseException("a graph must look up places in a table: found none at "
                        + parts.graph().describe(embeddings.get("norm"))));
        return parts.trials().firstPlace(index);
    }

    /** Says whether places are counted behind the padding's id; refuses what is neither that nor places from 0 on. */
    private boolean isCounted() {
        if (embeddings.has(places + ".start")) {
            int first = firstPlace(parts);
            if (first >= 0) {
                return first > 0;
            }
            throw unknown("places", embeddings.get(places + ".end"));
        }
        if (!trials.isCounted(index(parts, places)) && !trials.isPlaces(index(parts, places))) {
            throw unknown("places", index(parts, places));
        }
        return trials.isCounted(index(parts, places));
    }

    private LanewiseException unknown(String what, String value) {
        return new LanewiseException("%s must be computed in a way that is known: %s".formatted(what,
                parts.graph().describe(value)));
    }

    // ---------------------------------------------------------------- the model

    RecoveredModel model() {
        Family family = family(isCounted());
        String prefix = task().equals(FEATURES) ? "" : family.prefix();
        addEmbeddings(family, prefix);
        LayerSizes sizes = new LayerSizes(parts, weights, weights.find(prefix + wordTable()).columns());
        for (int i = 0; i < parts.layers().size(); i++) {
            sizes.check(parts.layers().get(i));
            addLayer(family, prefix + family.layer() + i + ".", parts.layers().get(i));
        }
        addHeads(family, prefix);
        Match sentence = parts.outputs().sentence;
        return new RecoveredModel(config(family, sizes, prefix), weights.all(), pooling(sizes),
                sentence != null && sentence.has("normalized"), weights.isQuantized());
    }

    private Family family(boolean isCounted) {
        boolean hasRelative = parts.layers().stream().anyMatch(layer -> layer.has("relative.weight"));
        List<Family> families = Family.of(hasTypes(), isCounted, hasRelative);
        boolean isElectra = embeddings.has("projection") || parts.outputs().sequenceLogits != null
                && parts.outputs().sequenceLogits.has("gelu");
        return families.stream().filter(family -> (family == Family.ELECTRA) == isElectra).findFirst()
                .orElseThrow(() -> new LanewiseException("a graph must be of a family that is known: token types=%b, "
                        .formatted(hasTypes())
                        + "places behind padding=%b, relative places=%b".formatted(isCounted,
                                hasRelative)));
    }

    /** Where all tokens have one type, its row may be all that is left of the table. */
    private boolean hasTypes() {
        return types != null || embeddings.has("type.weight");
    }

    private static String wordTable() {
        return "embeddings.word_embeddings.weight";
    }

    private void addEmbeddings(Family family, String prefix) {
        weights.addTable(prefix + wordTable(), embeddings, words);
        weights.addTable(prefix + PLACES, embeddings, places);
        if (types != null) {
            weights.addTable(prefix + TYPES, embeddings, types);
        } else if (hasTypes()) {
            weights.addRow(prefix + TYPES, embeddings, "type");
        }
        weights.addVectors(prefix + "embeddings.LayerNorm", embeddings, "norm");
        if (embeddings.has("projection")) {
            weights.addLinear(prefix + "embeddings_project", embeddings, "projection");
        }
        if (family.hasRelative()) {
            addRelative(prefix);
        }
    }

    /** One table serves all layers: of buckets, or of distances, which buckets share. */
    private void addRelative(String prefix) {
        Match first = parts.layers().getFirst();
        String name = prefix + "encoder.relative_attention_bias.weight";
        int places = weights.find(prefix + PLACES).rows() - trials.padding() - 1;
        boolean isOne = parts.layers().stream().allMatch(layer -> layer.has("relative.weight")
                && layer.get("relative.weight").equals(first.get("relative.weight")));
        Set<String> indices = parts.layers().stream().map(layer -> layer.get("relative.index"))
                .collect(Collectors.toSet());
        if (isOne && trials.areBuckets(indices, places)) {
            weights.addTable(name, first, "relative");
        } else if (isOne && trials.areDistances(indices, places, weights.table(first, "relative").rows() / 2)) {
            weights.addBuckets(name, first, "relative");
        } else {
            throw unknown("relative places", first.get("relative"));
        }
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
            requireRows("a text", trials::isRowOfText, outputs.sequenceLogits, "classifier");
        }
        if (outputs.tokenLogits != null) {
            weights.addLinear("classifier", outputs.tokenLogits, "classifier");
            requireRows("a token", trials::isRows, outputs.tokenLogits, "classifier");
        }
        addVocabulary(family, prefix);
        if (outputs.pooler != null) {
            if (family == Family.DISTILBERT || family == Family.ELECTRA) {
                throw unknown("the pooler of a family without one", outputs.pooler.get("dense"));
            }
            weights.addLinear(prefix + "pooler.dense", outputs.pooler, "dense");
            requireRows("a text", trials::isRowOfText, outputs.pooler, "dense");
        }
    }

    private void requireRows(String of, BiPredicate<String, Integer> areRows, Match match, String part) {
        if (!areRows.test(match.get(part), weights.linear(match, part).rows())) {
            throw unknown("a row of numbers for " + of, match.get(part));
        }
    }

    /** The head that makes words of rows: its activation is that of the layers, where the family has no other. */
    private void addVocabulary(Family family, String prefix) {
        Match words = vocabulary();
        if (words == null) {
            return;
        }
        Family.Vocabulary head = family.vocabulary();
        String logits = words.has("logits.decoder") ? "logits." : "";
        if (head == null) {
            throw unknown("a masked-language head of " + family.modelType(), words.get(logits + "decoder"));
        }
        String activation = head.activation() == null
                ? LayerSizes.activation(parts.layers().getFirst())
                : head.activation();
        boolean isKnown = words.has(logits + activation)
                && weights.epsilon(words, logits + "norm") == weights.epsilon(embeddings, "norm");
        if (!isKnown) {
            throw unknown("a masked-language head with %s and the epsilon of all norms".formatted(activation),
                    words.get(logits + "decoder"));
        }
        weights.addLinear(head.dense(), words, logits + "dense");
        weights.addVectors(head.norm(), words, logits + "norm");
        weights.addDecoder(head.decoder(), head.bias(), words, logits + "decoder", prefix + wordTable());
        requireRows("a token", trials::isRows, words, logits + "decoder");
    }

    private Match vocabulary() {
        return parts.outputs().words == null ? parts.outputs().vocabularyLogits : parts.outputs().words;
    }

    private String pooling(LayerSizes sizes) {
        Match words = parts.outputs().words;
        if (words != null) {
            if (!trials.isShown(words.get("shown"))) {
                throw unknown("the pooling of words", words.get("logits.decoder"));
            }
            return words.has("max") ? "splade" : "splade-sum";
        }
        Match sentence = parts.outputs().sentence;
        return sentence == null ? null : pooling(sentence, sizes);
    }

    private String pooling(Match sentence, LayerSizes sizes) {
        if (sentence.has("mean")) {
            boolean isMean = trials.isShown(sentence.get("shown")) && trials.isCounts(sentence.get("counts"));
            if (!isMean) {
                throw unknown("the mean of rows", sentence.get("mean"));
            }
            return "mean";
        }
        if (!trials.isRowOfText(sentence.get("cls"), sizes.features())) {
            throw unknown("the first row", sentence.get("cls"));
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
                weights.find(prefix + PLACES).rows());
        addEpsilon(family, config);
        if (hasTypes()) {
            config.put("type_vocab_size", weights.find(prefix + TYPES).rows());
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
                : parts.outputs().tokenLogits != null
                        ? "ForTokenClassification"
                        : vocabulary() != null ? "ForMaskedLM" : FEATURES;
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
        } else if (epsilon != 1e-12 && !(parts.graph().isHalf() && epsilon < LEAST_HALF)) {
            throw new LanewiseException("the epsilon of a distilbert must be 1e-12: epsilon=" + epsilon);
        }
    }
}
