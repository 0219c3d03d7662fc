package io.lanewise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.lanewise.RandomInputs.Padding;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;
import io.lanewise.planner.Planner;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Small configurations of everything that can be chosen, against the reference in doubles. The error of a row that a
 * norm blows up is chance, in floats of the reference, too: see {@link Truth}. A failure prints the
 * seed, and the smallest configuration that fails.
 */
class RandomConfigurationsTest {

    /** Below so many features even that is chance; {@link RandomLayersTest} has those, from set seeds. */
    private static final int FEATURES = 31;
    private static final int LONGEST = 19;
    private static final int LARGEST_BATCH = 5;

    /**
     * What a batch looks like.
     *
     * @param moreInputs how many of the optional inputs it brings, if the kind has as many
     * @param lengths padded lengths of the first input, the second, …
     */
    record Batch(int samples, int moreInputs, List<Integer> lengths, Padding padding, long seed) {

        RandomInputs of(RandomLayer layer) {
            LayerKind kind = LayerKinds.of(layer.kind());
            List<String> names = new ArrayList<>(kind.requiredInputs());
            names.addAll(kind.optionalInputs().subList(0, Math.min(moreInputs, kind.optionalInputs().size())));
            Map<String, Integer> padded = new HashMap<>();
            names.forEach(name -> padded.put(name, lengths.get(padded.size())));
            return RandomInputs.of(names, samples, padded, layer.hidden(), padding, new Random(seed));
        }
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
    void shouldStayAsNearTheTruthAsFloatsDo(@ForAll("layers") RandomLayer layer, @ForAll("batches") Batch batch,
            @ForAll("options") SessionOptions chosen) {
        RandomInputs inputs = batch.of(layer);
        SessionOptions options = chosen.emptyAttention(policy(layer, chosen));
        try (Model model = layer.model()) {
            Truth.of(model, inputs, options).compare(model, options, inputs,
                    layer + " " + inputs + " " + options);
        }
    }

    /**
     * Reshaped heads put what a query without keys gets into rows that others attend to, of which some are masked: there a NaN
     * counts 0 times, which is NaN in PyTorch and here, while the reference leaves it out.
     */
    private static EmptyAttention policy(RandomLayer layer, SessionOptions options) {
        return layer.reshapesHeads() && layer.masksKeys() ? EmptyAttention.ZERO : options.emptyAttention();
    }

    @Provide
    Arbitrary<RandomLayer> layers() {
        Arbitrary<String> kinds = Arbitraries.of(LayerKinds.attention().stream().map(LayerKind::name).toList());
        Arbitrary<int[]> shapes = Arbitraries.of(RandomLayersTest.SHAPES).filter(shape -> shape[0] >= FEATURES);
        return Combinators.combine(kinds, shapes, Arbitraries.longs())
                .as((kind, shape, seed) -> RandomLayer.of(kind, shape[0], seed).withHeads(shape[1]))
                .flatMap(layer -> Arbitraries.of(layer.forms()));
    }

    @Provide
    Arbitrary<Batch> batches() {
        Arbitrary<List<Integer>> lengths = Arbitraries.integers().between(1, LONGEST).list().ofSize(3);
        return Combinators.combine(Arbitraries.integers().between(1, LARGEST_BATCH),
                Arbitraries.integers().between(0, 2), lengths, Arbitraries.of(Padding.class), Arbitraries.longs())
                .as(Batch::new);
    }

    @Provide
    Arbitrary<SessionOptions> options() {
        Arbitrary<Set<String>> off = Arbitraries.of(Planner.passNames()).set();
        return Combinators.combine(Arbitraries.integers().between(1, 2), Arbitraries.of(EmptyAttention.class),
                Arbitraries.of(true, false), off)
                .as((threads, empty, attention, passes) -> SessionOptions.defaults().threads(threads)
                        .maxBatch(LARGEST_BATCH).maxLength(LONGEST).emptyAttention(empty).attention(attention)
                        .without(passes.toArray(String[]::new)));
    }
}
