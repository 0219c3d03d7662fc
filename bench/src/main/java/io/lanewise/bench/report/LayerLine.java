package io.lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer with a batch: the rounds beside naive loops, and those beside each peer.
 *
 * @param name the kind of layer, and on which stream if peers were timed on both
 * @param batch the samples
 * @param lengths {@code full} or {@code real}
 * @param own the rounds beside naive loops, or null
 * @param peers by subject
 */
record LayerLine(String name, String batch, String lengths, PointRounds own, Map<String, PointRounds> peers) {

    /** A layer on one stream is timed on a video; peers may be timed on a question as well. */
    private static final String USUAL_STREAM = "video";

    /** Brings the points of both suites together. */
    static List<LayerLine> of(Analysis analysis) {
        Map<String, LayerLine> lines = new LinkedHashMap<>();
        for (PointRounds point : analysis.suite("layer")) {
            LayerLine line = line(point, point);
            lines.put(line.title(), line);
        }
        for (PointRounds point : analysis.suite("peer")) {
            if (!point.point().name().equals("matmul") && point.point().param("stage").isEmpty()) {
                LayerLine line = line(point, null);
                lines.computeIfAbsent(line.title(), _ -> line).peers.put(point.point().param("against"), point);
            }
        }
        return new ArrayList<>(lines.values());
    }

    private static LayerLine line(PointRounds point, PointRounds own) {
        PointKey key = point.point();
        String stream = key.param("stream");
        String name = stream.isEmpty() || stream.equals(USUAL_STREAM) ? key.name() : key.name() + ", " + stream;
        return new LayerLine(name, key.param("B"), key.param("lengths"), own, new LinkedHashMap<>());
    }

    private String title() {
        return name + "/" + batch + "/" + lengths;
    }

    /** Returns the rounds that Lanewise's own time is taken from: beside naive loops, or else beside a peer. */
    PointRounds main() {
        return own == null ? peers.values().iterator().next() : own;
    }

    /** Returns the rounds in which a subject took part beside Lanewise, or null. */
    PointRounds beside(String subject) {
        return peers.getOrDefault(subject, own);
    }
}
