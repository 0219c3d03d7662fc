package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Outputs;
import io.lanewise.ReferenceSession;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.tokenizers.Tokenizer;

/** Compares what a model's plan makes of some texts with what naive loops make of them. */
final class PlanAgainstReference {

    /**
     * Both are float32 and add up in another order: over all recorded models of the engine, which have random weights, they differ by
     * at most 1.1e-5 of the scale, trained ones by 5e-7. What is broken differs by much more.
     */
    private static final double BOUND = 2e-5;

    private final Path folder;
    private final PrintWriter out;
    private boolean holds = true;

    PlanAgainstReference(Path folder, PrintWriter out) {
        this.folder = folder;
        this.out = out;
    }

    /** Computes, tells what was found, and says whether it is as it should be. */
    boolean holds() {
        Optional<Tokenizer> tokenizer = FolderTokenizer.find(folder);
        try (Model model = Model.load(folder)) {
            Inputs inputs = tokenizer.map(some -> TrialTexts.of(model, some)).orElseGet(() -> TrialTexts.random(model));
            SessionOptions options = FittingLimits.of(inputs, SessionOptions.defaults());
            try (Session plan = model.newSession(options);
                    ReferenceSession reference = new ReferenceSession(model, options)) {
                compare(plan.run(inputs), reference.run(inputs));
            }
            out.println(verdict(inputs, tokenizer.isPresent()));
        }
        return holds;
    }

    private void compare(Outputs plan, Outputs reference) {
        for (String name : reference.names()) {
            Difference difference = Difference.of(floats(plan, name), floats(reference, name));
            boolean isFine = difference.isWithin(BOUND);
            holds &= isFine;
            out.println(String.format(Locale.ROOT, "%-4s %-20s %-16s largest difference %.1e, largest value %.3g",
                    isFine ? "ok" : "bad", name, Arrays.toString(reference.shape(name)), difference.largest(),
                    largest(floats(reference, name))));
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float[] floats(Outputs outputs, String name) {
        FloatBuffer floats = outputs.floats(name);
        float[] copy = new float[floats.remaining()];
        floats.get(copy);
        return copy;
    }

    private String verdict(Inputs inputs, boolean hasTokenizer) {
        return (holds
                ? "ok, plan and reference agree on %d %s: differences are at most %.0e of the largest value, or of 1"
                : "not as it should be: on %d %s plan and reference differ by more than %.0e of the largest value, or of 1")
                .formatted(inputs.shape("input_ids")[0],
                        hasTokenizer ? "texts" : "rows of ids, the folder having no tokenizer", BOUND);
    }
}
