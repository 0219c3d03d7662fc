package io.lanewise.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

import io.lanewise.kernels.Storage;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.Step;

/** Decides how linear layers' weights are stored. Those of heads and recurrences stay floats. */
final class StoreWeights {

    private StoreWeights() {}

    /**
     * Returns the steps with their weights stored as asked for; if nothing is, as BF16 where that is exact.
     *
     * @param asked null for what is exact
     */
    static List<Step> of(List<Step> steps, Storage asked, List<String> log) {
        List<Step> stored = new ArrayList<>();
        SequencedMap<Storage, Integer> narrow = new TreeMap<>();
        for (Step step : steps) {
            if (step instanceof MatMulStep product && storage(product, asked) != Storage.F32) {
                stored.add(product.storedAs(storage(product, asked)));
                narrow.merge(storage(product, asked), 1, Integer::sum);
            } else {
                stored.add(step);
            }
        }
        narrow.forEach((storage, weights) -> log.add(Planner.line("store",
                weights + " weights as " + storage + (asked == null ? ", as they are in the file" : ", rounded"))));
        return stored;
    }

    private static Storage storage(MatMulStep product, Storage asked) {
        if (asked != null) {
            return asked;
        }
        return product.weight().weight().source().isBf16() ? Storage.BF16 : Storage.F32;
    }
}
