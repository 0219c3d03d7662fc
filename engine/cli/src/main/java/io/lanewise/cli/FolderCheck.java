package io.lanewise.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.encoders.ModelFolder;
import io.lanewise.tokenizers.Tokenizer;

/** Loads a model's folder, and says what would run. */
final class FolderCheck {

    /** Of which there are many: a batch of them fills the caches. */
    private static final int TEXTS = 64;
    private static final int USUAL_TOKENS = 128;

    /** Longer texts are rare, and memory for them would be allocated here. */
    private static final int MOST_TOKENS = 8192;

    private final Path folder;

    FolderCheck(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns lines by what they are about.
     *
     * @throws LanewiseException if something is missing, does not fit, or is not known
     */
    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        Optional<Tokenizer> tokenizer = FolderTokenizer.find(folder);
        try (Model model = Model.load(folder)) {
            Answer answer = Answer.of(model);
            lines.put("model", "%s in %s".formatted(model.layer(), folder));
            lines.put("weights", weights());
            lines.put("answers", answer.toString());
            lines.put("results", String.join(", ", model.graph(Set.of()).outputs().keySet()));
            lines.put("tokenizer", tokenizer.map(some -> "%,d tokens".formatted(some.idEnd()))
                    .orElse("none: run takes ids, other commands nothing"));
            int longest = tokenizer.isPresent() ? answer.longest(folder) : model.longest();
            lines.put("texts", longest == Integer.MAX_VALUE
                    ? "no limit"
                    : "at most %,d tokens, special ones included".formatted(longest));
            int usual = Math.min(USUAL_TOKENS, longest);
            int most = Math.min(MOST_TOKENS, longest);
            lines.put("session", "%s for %d texts of %d tokens, %s for one of %d".formatted(
                    megabytes(model, answer, TEXTS, usual), TEXTS, usual, megabytes(model, answer, 1, most), most));
        }
        return lines;
    }

    private String weights() {
        try (TensorListing tensors = new TensorListing(ModelFolder.open(folder).weights())) {
            return "%,d numbers in %d tensors, of %s".formatted(tensors.elements(), tensors.count(),
                    String.join(", ", tensors.types()));
        }
    }

    private static String megabytes(Model model, Answer answer, int texts, int tokens) {
        try (Session session = model.newSession(SessionOptions.defaults().outputs(answer.output()).maxBatch(texts)
                .maxLength(tokens))) {
            return String.format(Locale.ROOT, "%.1f MB", session.workspaceBytes() / 1e6);
        }
    }
}
