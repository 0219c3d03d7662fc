package io.lanewise.importers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.json.Json;
import io.lanewise.json.JsonFile;

/**
 * The settings of an imported model: those that its graph has, with what only a {@code config.json} beside it can know; or that
 * file's, where there is no graph.
 */
record ModelSettings(ImportedModel model) {

    static final String CONFIG = "config.json";

    /** Settings that a graph does not have, and that a folder may have beside it. */
    private static final List<String> LABELS = List.of("id2label", "label2id", "problem_type",
            "sbert_ce_default_activation_function", "sentence_transformers");

    /** Returns them; null where there are none. */
    Json json() {
        Path given = model.companions().find(CONFIG);
        if (model.settings().isEmpty()) {
            return given == null ? null : JsonFile.settings(given);
        }
        Map<String, Object> config = new LinkedHashMap<>(model.settings());
        if (given != null) {
            Json labels = JsonFile.settings(given);
            LABELS.stream().filter(labels::has).forEach(name -> config.put(name, labels.get(name)));
        }
        return JsonFile.line(JsonText.of(config));
    }
}
