package io.lanewise.bench.encoders;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.lanewise.Model;
import io.lanewise.bench.SeededEncoder;
import io.lanewise.encoders.Encoder;
import io.lanewise.graph.Graph;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.plan.RowCounts;
import io.lanewise.planner.Planner;
import io.lanewise.planner.PlannerOptions;

/**
 * An encoder that is measured, and what it is measured with. Immutable; the same numbers in every process.
 *
 * @param label the word for it in result files
 * @param output the result that is asked for
 * @param encoder opens it
 * @param text makes the ids of a text of so many tokens, by its number
 * @param inPairs whether a text is two, of half the tokens each
 */
public record BenchEncoder(String label, String output, Supplier<Encoder> encoder, IntFunction<IntFunction<int[]>> text,
        boolean inPairs) {

    private static final long WEIGHTS_SEED = 1;
    private static final String HIDDEN = "last_hidden_state";
    private static final String IDS = "input_ids";
    private static final String TYPES = "token_type_ids";

    /** all-MiniLM-L6-v2 with its own weights: 6 layers of 384, hidden states. */
    public static final BenchEncoder MINI_LM = new BenchEncoder("all-minilm-l6-v2", HIDDEN, MiniLm::encoder,
            tokens -> text -> MiniLm.ids(tokens, text), false);

    /** A BERT of 12 layers of 768 with made-up weights, hidden states. */
    public static final BenchEncoder BASE = seeded("bert-base", HIDDEN, SeededEncoder.BASE,
            () -> SeededEncoder.BASE.encoder(WEIGHTS_SEED), false);

    /** A reranker of 6 layers of 384 with made-up weights: a logit of each pair's first row. */
    public static final BenchEncoder RERANKER = seeded("reranker", "logits", SeededEncoder.MINI,
            () -> SeededEncoder.MINI.reranker(WEIGHTS_SEED), true);

    /** Returns one with made-up weights. */
    static BenchEncoder seeded(String label, String output, SeededEncoder sizes, Supplier<Encoder> encoder,
            boolean inPairs) {
        return new BenchEncoder(label, output, encoder, tokens -> text -> sizes.ids(tokens, text), inPairs);
    }

    /** Makes a batch of texts of one length. */
    public IdBatch batch(int texts, int tokens) {
        int[][] ids = IntStream.range(0, texts).mapToObj(text.apply(tokens)).toArray(int[][]::new);
        return new IdBatch(ids, inPairs ? types(texts, tokens) : null);
    }

    private static int[][] types(int texts, int tokens) {
        int[] types = IntStream.range(0, tokens).map(token -> token < tokens / 2 ? 0 : 1).toArray();
        return IntStream.range(0, texts).mapToObj(_ -> types).toArray(int[][]::new);
    }

    /** Returns the inputs that a run brings. */
    public Set<String> inputs() {
        return inPairs ? Set.of(IDS, TYPES) : Set.of(IDS);
    }

    /** Returns the graph of a model that computes the result. */
    public Graph graph(Model model) {
        return model.graph(inputs()).asking(Set.of(output));
    }

    /** Returns the multiply-adds of so many texts of so many tokens, as the encoder is written. */
    public long written(Model model, int texts, int tokens) {
        List<Integer> lengths = IntStream.range(0, texts).mapToObj(_ -> tokens).toList();
        return Planner.plan(graph(model), PlannerOptions.DEFAULT, KernelChoice.best())
                .writtenMultiplyAdds(new RowCounts(texts, Map.of(IDS, tokens), Map.of(IDS, lengths)));
    }

    @Override
    public String toString() {
        return label;
    }
}
