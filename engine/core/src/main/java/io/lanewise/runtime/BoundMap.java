package io.lanewise.runtime;

import io.lanewise.graph.HeadSplit;
import io.lanewise.kernels.Kernels;
import io.lanewise.memory.Rows;
import io.lanewise.plan.AttendStep;
import io.lanewise.plan.HeadShape;
import io.lanewise.plan.MapStep;

/** Scores that are asked for at work, on a part of a group's sequences: tile by tile, from kernel to output. */
final class BoundMap implements BoundStep {

    private final Kernels kernels;
    private final Rows queries;
    private final Rows keys;
    private final Rows tile;
    private final Rows scratch;
    private final AttentionMap map;
    private final float scale;
    private final int queryStream;
    private final int keyStream;

    BoundMap(MapStep step, Workspace workspace) {
        kernels = workspace.kernels();
        queries = workspace.rows(step.queries());
        keys = workspace.rows(step.keys());
        tile = workspace.scoreTile(step.keys().stream());
        scratch = workspace.scratch();
        HeadShape one = new HeadShape(1, step.queries().layout().features(), HeadSplit.COLUMNS);
        map = workspace.attentionMap(step.output(), step.queries().stream(), step.keys().stream(), one, false);
        scale = (float) step.scale();
        queryStream = step.queries().stream().index();
        keyStream = step.keys().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        for (int s = part.start(group.sequences(queryStream)); s < part.end(group.sequences(queryStream)); s++) {
            int count = group.live(queryStream, s);
            for (int first = 0; first < count; first += tile.capacity()) {
                multiply(group, s, first, Math.min(tile.capacity(), count - first));
            }
        }
    }

    private void multiply(RowGroup group, int s, int first, int count) {
        int allKeys = group.live(keyStream, s);
        queries.select(group.start(queryStream, s) + first, count);
        for (int firstKey = 0; firstKey < allKeys; firstKey += AttendStep.KEYS_AT_ONCE) {
            int some = Math.min(AttendStep.KEYS_AT_ONCE, allKeys - firstKey);
            kernels.rowScores(tile.select(0, count), queries, keys.select(group.start(keyStream, s) + firstKey, some),
                    scale, scratch);
            map.copy(group, s, 0, first, tile, firstKey, some);
        }
    }
}
