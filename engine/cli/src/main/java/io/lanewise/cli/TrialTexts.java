package io.lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.lanewise.Inputs;
import io.lanewise.Model;
import io.lanewise.Tensor;
import io.lanewise.graph.Op;
import io.lanewise.tokenizers.Encoding;
import io.lanewise.tokenizers.EncodingOptions;
import io.lanewise.tokenizers.Tokenizer;
import io.lanewise.tokenizers.Truncation;

/** Inputs to try a model with: built-in texts of several lengths and scripts and a pair, or ids by chance. */
final class TrialTexts {

    private static final String LONG = """
            The committee met on Tuesday to discuss whether refunds should be given within thirty days, as the \
            law asks for, or within sixty, as most of its members would rather have it; nothing was decided.""";

    private static final List<TextOrPair> TEXTS = List.of(new TextOrPair("a", null),
            new TextOrPair("How do I get my money back?", null), new TextOrPair(LONG, null),
            new TextOrPair("Schöne Grüße aus Köln, e\u0301te\u0301 compris!", null),
            new TextOrPair("\u5317\u4EAC\u662F\u4E2D\u56FD\u7684\u9996\u90FD\u3002", null),
            new TextOrPair("Where is it?", "It is behind the house, under the old apple tree."));

    private static final int[] RANDOM_LENGTHS = {1, 2, 7, 16, 33};
    private static final long SEED = 20_260_101;

    private final Model model;
    private final List<int[]> ids = new ArrayList<>();
    private final List<int[]> types = new ArrayList<>();

    private TrialTexts(Model model) {
        this.model = model;
    }

    /** Returns texts as a tokenizer gives them, with types where the model takes them. */
    static Inputs of(Model model, Tokenizer tokenizer) {
        TrialTexts trial = new TrialTexts(model);
        EncodingOptions options = EncodingOptions.defaults().truncation(Truncation.to(model.longest()));
        for (TextOrPair text : TEXTS) {
            Encoding encoding = text.second() == null
                    ? tokenizer.encode(text.first(), options)
                    : tokenizer.encode(text.first(), text.second(), options);
            if (encoding.length() > 0) {
                trial.ids.add(encoding.ids());
                trial.types.add(encoding.types());
            }
        }
        return trial.inputs();
    }

    /** Returns ids that are the same every time. */
    static Inputs random(Model model) {
        TrialTexts trial = new TrialTexts(model);
        int end = ((Op.Tokens) model.graph(Set.of()).inputs().getFirst().op()).end();
        Random random = new Random(SEED);
        for (int length : RANDOM_LENGTHS) {
            int tokens = Math.min(length, model.longest());
            trial.ids.add(random.ints(tokens, 0, end).toArray());
            trial.types.add(new int[tokens]);
        }
        return trial.inputs();
    }

    private Inputs inputs() {
        int[] lengths = ids.stream().mapToInt(text -> text.length).toArray();
        Inputs inputs = Inputs.of("input_ids", padded(ids), lengths);
        return model.optionalInputs().isEmpty() ? inputs : inputs.and("token_type_ids", padded(types));
    }

    private static Tensor padded(List<int[]> rows) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        int[] all = new int[rows.size() * longest];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * longest, rows.get(i).length);
        }
        return Tensor.ids(all, rows.size(), longest);
    }
}
