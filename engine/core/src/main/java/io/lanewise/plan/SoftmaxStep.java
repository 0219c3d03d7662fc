package io.lanewise.plan;

import java.util.List;

import io.lanewise.graph.MaskOrder;
import io.lanewise.runtime.AttentionMap;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.KeyMask;
import io.lanewise.runtime.ScoreRows;
import io.lanewise.runtime.Workspace;

/** Masked softmax over scores that are kept whole, in place: what an unfused plan does. */
public record SoftmaxStep(Slot attention, Slot scores, HeadShape heads, boolean keyMask, boolean queryMask,
        MaskOrder maskOrder,
        String attentionOutput) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(scores);
    }

    @Override
    public List<Slot> writes() {
        return List.of(attention);
    }

    @Override
    public List<String> absorbed() {
        return keyMask || queryMask ? List.of("mask", "softmax") : List.of("softmax");
    }

    @Override
    public Cost cost(RowCounts counts) {
        return Cost.NONE;
    }

    @Override
    public String describe() {
        return attention + " = softmax(" + scores + ")" + (keyMask ? ", keys masked" : "")
                + (queryMask ? ", queries masked" : "");
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        ScoreRows rows = workspace.scores(scores, heads);
        KeyMask mask = new KeyMask(workspace, keyMask, scores.keys(), heads, maskOrder);
        AttentionMap map = workspace.attentionMap(attentionOutput, scores.stream(), scores.keys(), heads, queryMask);
        return (group, part) -> {
            for (int s = part.start(group.samples()); s < part.end(group.samples()); s++) {
                for (int head = 0; head < heads.count(); head++) {
                    softmax(workspace, rows.of(group, s, head), mask.keys(group, s), mask.row(group, s, head));
                    map.copy(group, s, head, 0, rows.of(group, s, head));
                }
            }
        };
    }

    private static void softmax(Workspace workspace, io.lanewise.memory.Rows rows, int keys,
            io.lanewise.memory.Rows mask) {
        if (rows.count() > 0 && keys > 0) {
            workspace.kernels().maskedSoftmax(rows, keys, mask, workspace.emptyAttention());
        }
    }
}
