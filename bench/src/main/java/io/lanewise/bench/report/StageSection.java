package io.lanewise.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole HGA as far as each of its stages, beside the peers. */
final class StageSection {

    private static final String LANEWISE = "lanewise";
    private static final String WHOLE = "hga";
    private static final String ERROR = "error";

    private StageSection() {}

    static Section make(Analysis analysis) {
        Map<String, Map<String, PointRounds>> stages = new LinkedHashMap<>(); // by stage, then by peer
        for (PointRounds point : analysis.suite("peer")) {
            PointKey key = point.point();
            if (key.name().equals(WHOLE) && key.param("B").equals("1") && key.param("lengths").equals("real")) {
                stages.computeIfAbsent(key.param("stage").isEmpty() ? "all" : key.param("stage"),
                        _ -> new LinkedHashMap<>()).put(key.param("against"), point);
            }
        }
        Table table = new Table("as far as", "Lanewise", "error", "vs ORT", "error", "vs PyTorch", "error");
        stages.forEach((stage, peers) -> table.add(row(analysis.figures(), stage, peers)));
        return new Section("HGA by stages",
                "The whole model as far as a stage, whatever that needs, one sample of real lengths at a time, one thread. An "
                        + "error is the largest difference of the first sample from the double reference, in units of the largest number "
                        + "of a stage where that is above 1.",
                List.of(), table);
    }

    private static List<Cell> row(Figures figures, String stage, Map<String, PointRounds> peers) {
        PointRounds any = peers.values().iterator().next();
        return List.of(Cell.of(stage), Cell.of(figures.medianTime(any, LANEWISE)),
                Cell.of(figures.remark(any, ERROR, LANEWISE)), gain(figures, peers, "ort"),
                error(figures, peers, "ort"), gain(figures, peers, "pytorch"), error(figures, peers, "pytorch"));
    }

    private static Cell gain(Figures figures, Map<String, PointRounds> peers, String peer) {
        return peers.containsKey(peer) ? Cell.of(figures.medianGain(peers.get(peer), peer)) : Cell.of("");
    }

    private static Cell error(Figures figures, Map<String, PointRounds> peers, String peer) {
        return peers.containsKey(peer) ? Cell.of(figures.remark(peers.get(peer), ERROR, peer)) : Cell.of("");
    }
}
