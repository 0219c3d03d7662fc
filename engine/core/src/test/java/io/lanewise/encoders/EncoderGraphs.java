package io.lanewise.encoders;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.lanewise.graph.Graph;

/** Graphs of recorded cases that are given ids alone, for tests of other packages. */
public final class EncoderGraphs implements AutoCloseable {

    private final Map<String, Encoder> encoders = new HashMap<>();
    private final Map<String, Graph> graphs = new HashMap<>();

    /** Returns the graph of the case of that name, such as {@code bert/odd}. */
    public Graph of(String golden) {
        return graphs.computeIfAbsent(golden, name -> encoders
                .computeIfAbsent(name, known -> Encoder.open(EncoderCase.of(known).folder()))
                .graph(Set.of("input_ids")));
    }

    @Override
    public void close() {
        encoders.values().forEach(Encoder::close);
    }
}
