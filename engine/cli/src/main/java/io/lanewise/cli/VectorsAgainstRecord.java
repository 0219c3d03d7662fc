package io.lanewise.cli;

import java.io.PrintWriter;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import io.lanewise.Inputs;
import io.lanewise.LanewiseException;
import io.lanewise.Model;
import io.lanewise.Session;
import io.lanewise.SessionOptions;
import io.lanewise.Tensor;
import io.lanewise.text.TextEmbedder;
import io.lanewise.text.TextOptions;
import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.tokenizers.Truncation;

/** Compares what a folder makes of texts with vectors that were recorded elsewhere. */
final class VectorsAgainstRecord {

    /** What float32 costs, on vectors of length 1. */
    private static final double BOUND = 2e-6;

    private final Path folder;
    private final RecordedVectors recorded;
    private final PrintWriter out;
    private int wrong;
    private double largest;

    VectorsAgainstRecord(Path folder, RecordedVectors recorded, PrintWriter out) {
        this.folder = folder;
        this.recorded = recorded;
        this.out = out;
    }

    /** Computes, tells what was found, and says whether it is as it should be. */
    boolean holds() {
        Optional<Tokenizer> tokenizer = FolderTokenizer.find(folder);
        if (tokenizer.isPresent()) {
            TextOptions options = TextOptions.defaults().sessions(1).maxTokens(recorded.maxLength());
            try (TextEmbedder embedder = TextEmbedder.load(folder, options)) {
                Truncation cut = Truncation.to(embedder.maxTokens());
                compareAll(item -> embedder.embed(text(item)), item -> item.ids() == null || Arrays.equals(item.ids(),
                        tokenizer.get().ids(text(item), EncodingOptions.defaults().truncation(cut))));
            }
        } else {
            try (Model model = Model.load(folder)) {
                compareAll(item -> embed(model, item), _ -> true);
            }
        }
        out.println(verdict());
        return wrong == 0;
    }

    private static String text(RecordedVectors.Item item) {
        if (item.text() == null) {
            throw new LanewiseException("items must have a text, the folder having a tokenizer");
        }
        return item.text();
    }

    private float[] embed(Model model, RecordedVectors.Item item) {
        if (item.ids() == null || item.ids().length == 0) {
            throw new LanewiseException(
                    "items must have ids, the folder having no tokenizer: file=%s, folder=%s".formatted(recorded.file(),
                            folder));
        }
        Inputs inputs = Inputs.of("input_ids", Tensor.ids(item.ids(), 1, item.ids().length));
        try (Session session = model.newSession(FittingLimits.of(inputs,
                SessionOptions.defaults().outputs(Answer.VECTOR.output())))) {
            FloatBuffer floats = session.run(inputs).floats(Answer.VECTOR.output());
            float[] vector = new float[floats.remaining()];
            floats.get(vector);
            return vector;
        }
    }

    // ---------------------------------------------------------------- comparing

    private void compareAll(Function<RecordedVectors.Item, float[]> vectors,
            Function<RecordedVectors.Item, Boolean> sameIds) {
        for (RecordedVectors.Item item : recorded.items()) {
            float[] vector = vectors.apply(item);
            if (vector.length != item.vector().length) {
                throw new LanewiseException(
                        "vectors must be as long as the recorded ones: numbers=%d, recorded=%d, file=%s"
                                .formatted(vector.length, item.vector().length, recorded.file()));
            }
            compare(item, vector, sameIds.apply(item));
        }
    }

    private void compare(RecordedVectors.Item item, float[] vector, boolean sameIds) {
        Difference difference = Difference.of(vector, item.vector());
        boolean isFine = sameIds && difference.isWithin(BOUND);
        wrong += isFine ? 0 : 1;
        largest = Math.max(largest, difference.largest());
        out.println(String.format(Locale.ROOT, "%-4s cosine %.9f, largest difference %.1e%s  %s", isFine ? "ok" : "bad",
                Vectors.cosine(vector, item.vector()), difference.largest(), sameIds ? "" : ", other ids",
                item.text() == null ? "" : LanewiseException.shorten(item.text(), 50)));
    }

    private String verdict() {
        int count = recorded.items().size();
        return String.format(Locale.ROOT, wrong == 0
                ? "ok, %d of %d vectors are as recorded: the largest difference is %.1e, at most %.0e are allowed"
                : "not as it should be: only %d of %d vectors are as recorded, the largest difference is %.1e, at most %.0e are allowed",
                count - wrong, count, largest, BOUND);
    }
}
