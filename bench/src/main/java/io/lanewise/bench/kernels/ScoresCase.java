package io.lanewise.bench.kernels;

import java.util.Map;

import io.lanewise.memory.Rows;

/** Scores of query rows against key rows. */
record ScoresCase(int rows, int keys, int features) implements KernelCase {

    @Override
    public String name() {
        return "row-scores";
    }

    @Override
    public Map<String, String> params() {
        return Map.of("rows", Integer.toString(rows), "keys", Integer.toString(keys), "features",
                Integer.toString(features));
    }

    @Override
    public long multiplyAdds() {
        return (long) rows * keys * features;
    }

    @Override
    public int columns() {
        return keys;
    }

    @Override
    public double allowedError() {
        return KernelCase.sumOf(features);
    }

    @Override
    public Call prepare(KernelMemory memory) {
        Rows scores = memory.zeros(rows, keys);
        Rows queryRows = memory.numbers(rows, features, 1);
        Rows keyRows = memory.numbers(keys, features, 2);
        float scale = (float) (1 / Math.sqrt(features));
        Rows scratch = memory.scoreScratch();
        return new Call(() -> memory.kernels().rowScores(scores, queryRows, keyRows, scale, scratch), scores);
    }
}
