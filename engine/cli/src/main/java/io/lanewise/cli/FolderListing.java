package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.lanewise.LanewiseException;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.json.Json;
import io.lanewise.text.TextSettings;

/** Lists what a model's folder says and has. */
final class FolderListing {

    private static final int TEXT_CHARACTERS = 200;

    /** What the families call the same things. */
    private static final Map<String, List<String>> SIZES = Map.of(
            "layers", List.of("num_hidden_layers", "n_layers", "n_layer", "num_layers"),
            "hidden", List.of("hidden_size", "dim", "n_embd"),
            "heads", List.of("num_attention_heads", "n_heads", "n_head"),
            "vocabulary", List.of("vocab_size"),
            "positions", List.of("max_position_embeddings", "n_positions"));
    private static final List<String> ORDER = List.of("layers", "hidden", "heads", "vocabulary", "positions");

    private final ModelFolder folder;
    private final PrintWriter out;

    /**
     * Reads a folder's settings.
     *
     * @throws LanewiseException if they are missing or unreadable
     */
    FolderListing(Path path, PrintWriter out) {
        this.folder = ModelFolder.open(path);
        this.out = out;
    }

    /**
     * Prints it.
     *
     * @throws LanewiseException if a file of the folder cannot be read or is malformed
     */
    void print() {
        line("folder", folder.path().toString());
        line("architecture", "%s, for %s".formatted(folder.config().text("model_type", "unknown"),
                folder.task().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        line("sizes", sizes());
        line("modules", modules());
        TextSettings texts = TextSettings.of(folder);
        line("texts", "%s%s".formatted(texts.maxTokens() == 0
                ? "no limit in sentence_bert_config.json"
                : "at most %d tokens".formatted(texts.maxTokens()), texts.lowerCased() ? ", lower-cased" : ""));
        line("prompts", texts.prompts().isEmpty() ? "none" : Integer.toString(texts.prompts().size()));
        texts.prompts().forEach((name, prompt) -> out.println("  %s: %s%s".formatted(Visible.name(name),
                LanewiseException.quote(prompt), name.equals(texts.defaultPrompt()) ? " (default)" : "")));
        labels();
        tensors();
    }

    private String sizes() {
        List<String> sizes = new ArrayList<>();
        for (String size : ORDER) {
            SIZES.get(size).stream().filter(folder.config()::has).findFirst()
                    .ifPresent(name -> sizes.add(size + " " + folder.config().json().get(name).value()));
        }
        return sizes.isEmpty() ? "not said" : String.join(", ", sizes);
    }

    private String modules() {
        if (!folder.saysModules()) {
            return "none, rows become one as the family has it";
        }
        return folder.modules().isEmpty()
                ? "the encoder alone"
                : String.join(", ", folder.modules().stream().map(ModuleNames::of).toList());
    }

    private void labels() {
        Json labels = folder.config().json().optional("id2label");
        if (!labels.isNull()) {
            List<String> names = new ArrayList<>();
            labels.members().forEach((id, name) -> names.add(Visible.name(id + " " + name.text())));
            line("labels", String.join(", ", names));
        }
    }

    private void tensors() {
        try (TensorListing tensors = new TensorListing(folder.weights())) {
            line("tensors", "%d, %,d elements, of %s".formatted(tensors.count(), tensors.elements(),
                    String.join(", ", tensors.types())));
            tensors.lines().forEach(out::println);
        }
    }

    private void line(String name, String value) {
        out.println("%s: %s".formatted(name, LanewiseException.shorten(value, TEXT_CHARACTERS)));
    }
}
