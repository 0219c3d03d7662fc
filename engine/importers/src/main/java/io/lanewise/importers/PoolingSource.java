package io.lanewise.importers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.encoders.SentenceModule;
import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/**
 * Finds out how a model's rows become a sentence's vector: who imports it says so, or files beside it, or its graph, or nobody.
 *
 * @param companions the files beside the imported one
 */
record PoolingSource(Companions companions, ImportOptions options) {

    private static final String CONFIG = "1_Pooling/config.json";
    private static final String FLAG = "pooling_mode_";

    /** Tasks that make no vectors of sentences. */
    private static final Set<String> LABELS = Set.of("ForSequenceClassification", "ForTokenClassification",
            "ForQuestionAnswering");

    /**
     * Returns how; empty where the model makes no vectors of sentences.
     *
     * @param task the first of the settings' architectures
     * @param graph what the graph says, or null
     */
    Optional<Pooling> find(String task, Pooling graph) {
        boolean makesLabels = LABELS.stream().anyMatch(task::endsWith);
        boolean isAsked = options.pooling() != null || options.normalize() != null;
        if (makesLabels && isAsked) {
            throw new LanewiseException("pooling is for embeddings: architectures=" + LanewiseException.quote(task));
        }
        if (makesLabels) {
            return Optional.empty();
        }
        Pooling found = options.pooling() == null ? unasked(graph) : asked(task, graph);
        if (found != null) {
            return Optional.of(normalized(found));
        }
        return task.endsWith("ForMaskedLM") && !isAsked
                ? Optional.empty()
                : Optional.of(normalized(new Pooling("mean", false, Pooling.Source.ASSUMED)));
    }

    private Pooling asked(String task, Pooling graph) {
        Pooling known = unasked(graph);
        boolean normalizes = known != null && known.normalizes() && !known.isOfWords();
        Pooling asked = new Pooling(options.pooling(), normalizes, Pooling.Source.OPTION);
        if (asked.isOfWords() && !task.endsWith("ForMaskedLM")) {
            throw new LanewiseException("words are pooled where there is a masked-language head: pooling=%s, "
                    .formatted(options.pooling()) + "architectures=" + LanewiseException.quote(task));
        }
        return asked;
    }

    private Pooling unasked(Pooling graph) {
        Path modules = companions.forPooling("modules.json");
        if (modules != null) {
            boolean normalizes = ModelFolder.modules(modules.getParent()).stream()
                    .anyMatch(SentenceModule.Normalize.class::isInstance);
            return new Pooling(Pooling.BY_MODULES, normalizes, Pooling.Source.FILES);
        }
        if (graph != null) {
            return graph;
        }
        Path config = companions.forPooling(CONFIG);
        return config == null ? null : new Pooling(mode(JsonFile.settings(config)), false, Pooling.Source.FILES);
    }

    private Pooling normalized(Pooling pooling) {
        if (options.normalize() == null || options.normalize() == pooling.normalizes()) {
            return pooling;
        }
        if (pooling.mode().equals(Pooling.BY_MODULES)) {
            throw new LanewiseException(
                    "modules.json says whether vectors are of length 1, unless the pooling is given "
                            + "instead of it: normalize=" + options.normalize());
        }
        return new Pooling(pooling.mode(), options.normalize(), pooling.source());
    }

    private static String mode(Json config) {
        List<String> modes = new ArrayList<>();
        if (config.has("pooling_mode")) {
            Json mode = config.get("pooling_mode");
            (mode.isText() ? List.of(mode) : mode.list()).forEach(each -> modes.add(each.text()));
        } else {
            config.members().forEach((name, value) -> {
                if (name.startsWith(FLAG) && config.bool(name, false)) {
                    modes.add(name.substring(FLAG.length()).replaceFirst("(?<!len)_tokens?$", ""));
                }
            });
        }
        if (modes.size() != 1 || !ImportOptions.POOLINGS.contains(modes.getFirst())) {
            throw new LanewiseException("pooling without modules.json must have one mode of %s: %s has %s".formatted(
                    ImportOptions.POOLINGS, CONFIG, LanewiseException.quote(modes.toString())));
        }
        return modes.getFirst();
    }
}
