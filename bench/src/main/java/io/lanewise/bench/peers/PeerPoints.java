package io.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lanewise.bench.LayerSizes;
import io.lanewise.bench.RowLengths;
import io.lanewise.bench.rounds.Point;

/** What Lanewise is measured on beside each peer. */
public final class PeerPoints {

    private static final String SUITE = "peer";
    private static final String AGAINST = "against"; // a point has one peer, so that two never share a process
    private static final List<Integer> SAMPLES = List.of(1, 128);
    private static final List<Integer> SAMPLES_OF_WHOLE = List.of(1, 64);
    private static final List<Integer> ROWS = IntStream.concat(IntStream.rangeClosed(1, 15), IntStream.iterate(16,
            rows -> rows <= 128, rows -> rows + 8)).boxed().toList();
    private static final int HIDDEN = 512;

    private PeerPoints() {}

    /** Returns a point for every peer, layer and matrix size; none without the Maven profile {@code peers}. */
    public static List<Point> all() {
        List<Point> points = new ArrayList<>();
        for (LayerEngine peer : LayerEngines.peers()) {
            for (PaperLayer layer : PaperLayer.nine(LayerSizes.PAPER)) {
                for (int samples : SAMPLES) {
                    for (RowLengths lengths : RowLengths.values()) {
                        points.add(layer(peer, layer, samples, lengths));
                    }
                }
            }
        }
        points.addAll(wholeModel());
        points.addAll(matMuls());
        return points;
    }

    /** Returns a point for every peer and batch of the whole model, and one for every stage of it. */
    public static List<Point> wholeModel() {
        List<Point> points = new ArrayList<>();
        for (LayerEngine peer : LayerEngines.peers()) {
            List<PaperLayer> stages = PaperLayer.stages(LayerSizes.PAPER); // the last is the whole, which follows
            stages.subList(0, stages.size() - 1).forEach(stage -> points.add(layer(peer, stage, 1, RowLengths.REAL)));
            for (int samples : SAMPLES_OF_WHOLE) {
                for (RowLengths lengths : RowLengths.values()) {
                    points.add(layer(peer, PaperLayer.whole(LayerSizes.PAPER), samples, lengths));
                }
            }
        }
        return points;
    }

    /** Returns a point for every peer and matrix size alone. */
    public static List<Point> matMuls() {
        List<Point> points = new ArrayList<>();
        Peers.matMuls().forEach(peer -> ROWS.forEach(rows -> points.add(matMul(peer, rows))));
        return points;
    }

    /** Returns the names of the peers that points measure. */
    public static Set<String> subjects(List<Point> points) {
        return points.stream().map(point -> point.params().get(AGAINST)).filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Point layer(LayerEngine peer, PaperLayer layer, int samples, RowLengths lengths) {
        Map<String, String> params = new HashMap<>(layer.params());
        params.put(AGAINST, peer.subject());
        params.put("B", Integer.toString(samples));
        params.put("lengths", lengths.name().toLowerCase(java.util.Locale.ROOT));
        return new Point(SUITE, layer.kind(), params, () -> new PeerDuel(peer, layer, samples, lengths));
    }

    private static Point matMul(MatMulPeer peer, int rows) {
        Map<String, String> params = Map.of(AGAINST, peer.subject(), "m", Integer.toString(rows), "n",
                Integer.toString(HIDDEN), "k", Integer.toString(HIDDEN));
        return new Point(SUITE, "matmul", params, () -> new MatMulDuel(peer, rows, HIDDEN, HIDDEN));
    }
}
