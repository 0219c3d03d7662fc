package io.lanewise.plan;

import java.util.List;

import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.HeadRows;
import io.lanewise.runtime.ScoreRows;
import io.lanewise.runtime.Workspace;

/** The scores of every head and sample, kept whole: what an unfused plan does. */
public record ScoresStep(Slot scores, Slot queries, Slot keys, HeadShape heads, double scale) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(queries, keys);
    }

    @Override
    public List<Slot> writes() {
        return List.of(scores);
    }

    @Override
    public List<String> absorbed() {
        return List.of("scores");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return AttentionCost.ofPairs(counts, queries.stream(), keys.stream(), heads);
    }

    @Override
    public String describe() {
        return scores + " = " + queries + " · " + keys + "ᵀ · " + (float) scale + ", " + heads;
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        HeadRows from = workspace.heads(queries, heads);
        HeadRows against = workspace.heads(keys, heads);
        ScoreRows to = workspace.scores(scores, heads);
        int queryStream = queries.stream().index();
        int keyStream = keys.stream().index();
        Kernels kernels = workspace.kernels();
        Rows scratch = workspace.scratch();
        return (group, part) -> {
            for (int s = part.start(group.samples()); s < part.end(group.samples()); s++) {
                for (int head = 0; head < heads.count(); head++) {
                    score(kernels, to.of(group, s, head), from.of(group, queryStream, s, head),
                            against.of(group, keyStream, s, head), scratch);
                }
            }
        };
    }

    private void score(Kernels kernels, Rows to, Rows from, Rows against, Rows scratch) {
        if (from.count() > 0 && against.count() > 0) {
            kernels.rowScores(to, from, against, (float) scale, scratch);
        }
    }
}
