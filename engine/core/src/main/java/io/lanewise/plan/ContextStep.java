package io.lanewise.plan;

import java.util.List;

import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.ContextRows;
import io.lanewise.runtime.HeadRows;
import io.lanewise.runtime.ScoreRows;
import io.lanewise.runtime.Workspace;

/** The contexts of every head and sample from attention that is kept whole: what an unfused plan does. */
public record ContextStep(Slot context, Slot attention, Slot values, HeadShape heads,
        boolean queryMask) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(attention, values);
    }

    @Override
    public List<Slot> writes() {
        return List.of(context);
    }

    @Override
    public List<String> absorbed() {
        return List.of("context");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return AttentionCost.ofPairs(counts, context.stream(), values.stream(), heads);
    }

    @Override
    public String describe() {
        return context + " = " + attention + " · " + values + ", " + heads;
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        ScoreRows from = workspace.scores(attention, heads);
        HeadRows weighed = workspace.heads(values, heads);
        ContextRows to = new ContextRows(workspace, context, heads, queryMask);
        int keyStream = values.stream().index();
        return (group, part) -> {
            for (int s = part.start(group.samples()); s < part.end(group.samples()); s++) {
                to.begin(group, s);
                for (int head = 0; head < heads.count(); head++) {
                    to.multiply(group, s, head, 0, from.of(group, s, head), weighed.of(group, keyStream, s, head));
                }
                to.clearMasked(group, s);
            }
        };
    }
}
