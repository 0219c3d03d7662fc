package io.lanewise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.ModelOptions;
import io.lanewise.importers.ImportedModel;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run}, {@code explain} and {@code heatmap} need to know about a layer, or where an encoder is. */
final class LayerOptions {

    /** What some kind of layer reads. A name that none reads would be ignored in silence: a typing mistake, most likely. */
    private static final List<String> SETTINGS = List.of("layer", "hidden", "heads", "ffn", "layers", "scale",
            "key_mask", "residual", "position", "max_len", "q_max_len", "v_max_len", "task", "fusion_type", "ablation",
            "tf_layers", "gcn_layers", "rnn_cell", "rnn_layers", "bidirectional", "s_rnn_cell", "s_rnn_layers",
            "s_bidirectional", "v_rnn_cell", "v_rnn_layers", "v_bidirectional", "vocab", "embedding", "resnet", "c3d",
            "answers", "mm_dim", "chunks", "rank", "input", "input0", "input1", "output");

    @Parameters(index = "0", paramLabel = "WEIGHTS|FOLDER", description = {
            "Weights of a layer, whose metadata says of which kind it is, or such as PyTorch saved; or an encoder's folder."})
    private Path weights;

    @Option(names = "--layer", paramLabel = "KIND|N", description = {
            "Kind of layer, such as co-attention; wins over the metadata. For a heatmap of an encoder, the layer's number, "
                    + "counted from 0."})
    private String kind;

    @Option(names = "--heads", paramLabel = "N", description = "Number of heads; wins over the metadata.")
    private Integer heads;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = {
            "Any setting by its metadata name, such as scale=0.125 or key_mask=none; wins over the metadata."})
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--planner-off", paramLabel = "PASS", split = ",", description = {
            "Planner passes to leave out, to find a bug or to see what they gain; explain lists them."})
    private List<String> passesOff = List.of();

    /** Returns the weight file, or the folder. */
    Path weights() {
        return weights;
    }

    /** Says whether it is an encoder's folder. */
    boolean isFolder() {
        return Files.isDirectory(weights);
    }

    /**
     * Returns the number of an encoder's layer; 0 unless given.
     *
     * @throws LanewiseException if something else was given, or settings, of which a folder has its own
     */
    int number() {
        if (heads != null || !settings.isEmpty()) {
            throw settingsOfFolder("--heads and --set");
        }
        if (kind != null && !kind.matches("\\d{1,6}")) {
            throw new LanewiseException(
                    "layer must be a number, counted from 0, for an encoder: --layer=" + LanewiseException.quote(kind));
        }
        return kind == null ? 0 : Integer.parseInt(kind);
    }

    private LanewiseException settingsOfFolder(String options) {
        return new LanewiseException(
                "a folder's config.json says its settings, %s are for a layer's weights: folder=%s".formatted(options,
                        weights));
    }

    /**
     * Returns what wins over the file's metadata.
     *
     * @throws LanewiseException if a setting has a name that no layer knows, heads are out of range, or it is a folder, which has
     *         settings of its own
     */
    ModelOptions model() {
        if (isFolder() && (kind != null || heads != null || !settings.isEmpty())) {
            throw settingsOfFolder("--layer, --heads and --set");
        }
        ModelOptions options = ModelOptions.defaults();
        requireKnown(settings);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            options = options.setting(setting.getKey(), setting.getValue());
        }
        if (kind != null) {
            options = options.layer(kind);
        }
        if (heads != null && heads < 1) {
            throw new LanewiseException("heads must be at least 1: heads=" + heads);
        }
        return heads == null ? options : options.heads(heads);
    }

    /**
     * Refuses settings that no layer has.
     *
     * @throws LanewiseException if there is one
     */
    static void requireKnown(Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (!SETTINGS.contains(name)) {
                throw new LanewiseException("setting must be one of %s: --set %s=%s".formatted(
                        String.join(", ", SETTINGS), name, value));
            }
        });
    }

    /**
     * Opens the layer or the encoder; what PyTorch saved is read into memory.
     *
     * @throws LanewiseException if it does not hold what its kind needs, or the options are not legal
     */
    Model open() {
        ForeignFile file = new ForeignFile(weights);
        if (isFolder() || !file.isTorch()) {
            return Model.load(weights, model());
        }
        try (ImportedModel imported = file.open()) {
            return Model.of(imported.checkpoint(), model());
        }
    }

    /** Returns the planner passes to leave out. */
    String[] passesOff() {
        return passesOff.toArray(String[]::new);
    }
}
