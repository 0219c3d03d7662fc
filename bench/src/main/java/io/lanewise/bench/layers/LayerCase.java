package io.lanewise.bench.layers;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.lanewise.Model;
import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.SeededLayer;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.layers.LayerKinds;
import io.lanewise.planner.Planner;
import io.lanewise.planner.PlannerOptions;

/**
 * A kind of layer at the paper's size, on one thread.
 *
 * @param kind the kind of layer
 * @param samples the batch
 * @param lengths how many rows are valid
 */
record LayerCase(String kind, int samples, RowLengths lengths) {

    private static final int WEIGHTS_SEED = 1;
    private static final int BATCH_SEED = 2;

    Map<String, String> params() {
        return Map.of("B", Integer.toString(samples), "lengths", lengths.name().toLowerCase(Locale.ROOT));
    }

    SeededLayer layer() {
        return new SeededLayer(LayerKinds.of(kind), LayerSizes.PAPER);
    }

    /** Returns the error that is still right, as a fraction of the largest cell: two float32 sums in different orders. */
    double allowedError() {
        return kind.equals("hga") ? 1e-3 : 1e-4; // the whole model ends behind the roots of sums near 0
    }

    Model model() {
        return layer().model(WEIGHTS_SEED);
    }

    PaddedBatch batch() {
        return layer().batch(samples, lengths, BATCH_SEED);
    }

    /** Returns the multiply-adds of the layer as it is written, padding and all. */
    static long written(Model model, PaddedBatch batch) {
        return multiplyAdds(model, batch.withoutPadding(), new HashSet<>(Planner.passNames()));
    }

    /** Returns the multiply-adds that a plan without these passes really does. */
    static long multiplyAdds(Model model, PaddedBatch batch, Set<String> passesOff) {
        return Planner.plan(model.graph(batch.names()), new PlannerOptions(false, passesOff), KernelChoice.best())
                .cost(batch.rowCounts()).multiplyAdds();
    }

    /** Returns the planner's passes after the first so many, which are left out when only those are on. */
    static String[] passesAfter(int first) {
        List<String> passes = Planner.passNames();
        return passes.subList(first, passes.size()).toArray(String[]::new);
    }
}
