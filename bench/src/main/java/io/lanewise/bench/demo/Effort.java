package io.lanewise.bench.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import io.lanewise.Model;
import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.SeededLayer;
import io.lanewise.bench.Timing;
import io.lanewise.kernels.choice.KernelChoice;
import io.lanewise.planner.Planner;
import io.lanewise.planner.PlannerOptions;

/** How far part three is: layers differ a hundredfold, so that counting them would tell nobody how long the rest takes. */
final class Effort {

    /** What is done when all is. */
    static final long ALL = 1000;

    private static final LayerSizes SMALL = new LayerSizes(64, 8, 256, 2, 15, 80); // the paper's, and quickly planned
    private static final long LEAST = 1_000_000; // multiply-adds at this size: a layer that is timed for a second
    private static final long WARM_UP = 4 * LEAST;
    private static final double PARTS = 1 + Timing.TURNS; // what is compared, and each round

    private final List<Long> layers = new ArrayList<>(List.of(WARM_UP)); // which is done as if it were the first one
    private final long sum;
    private long done; // of the sum, by finished layers
    private int finished;
    private int parts; // of the next layer

    Effort(List<SeededLayer> layers) {
        layers.forEach(layer -> this.layers.add(LEAST + written(new SeededLayer(layer.kind(), SMALL))));
        sum = this.layers.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the multiply-adds of a sample, as the layer is written. */
    private static long written(SeededLayer layer) {
        PaddedBatch sample = layer.batch(1, RowLengths.FULL, 1);
        PlannerOptions opByOp = new PlannerOptions(false, new HashSet<>(Planner.passNames()));
        try (Model model = layer.model(1)) {
            return Planner.plan(model.graph(sample.names()), opByOp, KernelChoice.best()).cost(sample.rowCounts())
                    .multiplyAdds();
        }
    }

    /** Counts one of the parts of a layer or the warm-up; there may be more than expected. */
    long afterPart() {
        parts++;
        return ALL * (done + Math.round(layers.get(finished) * Math.min(1, parts / PARTS))) / sum;
    }

    /** Counts the whole warm-up, then each layer. */
    long afterLayer() {
        done += layers.get(finished++);
        parts = 0;
        return ALL * done / sum;
    }
}
