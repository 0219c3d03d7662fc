package io.lanewise.bench.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.lanewise.bench.RowLengths;
import io.lanewise.bench.rounds.Point;
import io.lanewise.layers.LayerKind;
import io.lanewise.layers.LayerKinds;

/** The batches on which layers are timed. */
public final class LayerPoints {

    private static final int BATCH = 128;
    private static final int BATCH_OF_WHOLE = 64;

    /** The kinds that the peers were first timed on: single layers, no stacks. */
    private static final Set<String> SINGLE_LAYERS = Set.of("self-attention", "single-attention", "co-attention",
            "co-concat-attention", "co-siamese-attention", "masked-multi-head-attention", "multi-head-attention",
            "self-transformer-layer");

    private LayerPoints() {}

    /** Returns every kind with B=1 and B=128, all rows valid and at real lengths. */
    public static List<Point> all() {
        List<Point> points = new ArrayList<>();
        for (LayerKind kind : LayerKinds.attention()) {
            for (int samples : new int[]{1, BATCH}) {
                for (RowLengths lengths : RowLengths.values()) {
                    points.add(layer(new LayerCase(kind.name(), samples, lengths)));
                }
            }
        }
        return points;
    }

    /** Returns what a quick run has time for: B=1 with all rows valid, and single layers with B=128 at real lengths. */
    public static List<Point> few() {
        List<Point> points = new ArrayList<>();
        for (LayerKind kind : LayerKinds.attention()) {
            points.add(layer(new LayerCase(kind.name(), 1, RowLengths.FULL)));
            if (SINGLE_LAYERS.contains(kind.name())) {
                points.add(layer(new LayerCase(kind.name(), BATCH, RowLengths.REAL)));
            }
        }
        return points;
    }

    /** Returns the whole model with B=1 and B=64, all rows valid and at real lengths. */
    public static List<Point> wholeModel() {
        List<Point> points = new ArrayList<>();
        for (int samples : new int[]{1, BATCH_OF_WHOLE}) {
            for (RowLengths lengths : RowLengths.values()) {
                points.add(layer(new LayerCase("hga", samples, lengths)));
            }
        }
        return points;
    }

    /** Returns single layers with their gain taken apart, at real lengths. */
    public static List<Point> ablations(int samples) {
        return LayerKinds.attention().stream().map(LayerKind::name).filter(SINGLE_LAYERS::contains)
                .map(kind -> ablation(new LayerCase(kind, samples, RowLengths.REAL))).toList();
    }

    private static Point layer(LayerCase layer) {
        return new Point("layer", layer.kind(), layer.params(), () -> LayerRuns.ofLayer(layer));
    }

    private static Point ablation(LayerCase layer) {
        return new Point("ablation", layer.kind(), layer.params(), () -> LayerRuns.ofAblation(layer));
    }
}
