package io.lanewise;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the reference says of a layer and its inputs, and by output how far its own floats are from it. */
record Truth(SequencedMap<String, ReferenceTensor<double[]>> doubles, Map<String, Double> errors) {

    private static final double LEAST_TOLERANCE = 2e-6;
    private static final double FACTOR = 2;

    /**
     * With a handful of features one row decides, the one whose features happen to be nearly equal before a norm: its error is a
     * rounding, blown up, and may happen to be none. What the reference's floats do there shows when the same rows are rounded
     * otherwise as well, which multiplying them by nearly 1 does.
     */
    private static final int FEW_FEATURES = 32;
    private static final int ROUNDINGS = 8;
    private static final float NEARLY_ONE = 0x1p-15f;

    /** Asks the reference; of the options, the attention and what is attended to without keys matter. */
    static Truth of(RandomLayer layer, Model model, RandomInputs inputs, SessionOptions options) {
        List<String> names = inputs.all().stream().map(RandomInputs.Given::name).toList();
        Graph written = model.graph(new HashSet<>(names));
        Graph graph = options.attention() ? written.withAttention() : written;
        Truth truth = of(graph, inputs, options);
        for (int i = 1; i < (layer.hidden() < FEW_FEATURES ? ROUNDINGS : 1); i++) {
            of(graph, inputs.times(1 + i * NEARLY_ONE), options).errors
                    .forEach((name, error) -> truth.errors.merge(name, error, Math::max));
        }
        return truth;
    }

    private static Truth of(Graph graph, RandomInputs inputs, SessionOptions options) {
        ReferenceInputs reference = inputs.reference().emptyAttention(options.emptyAttention().fill());
        Truth truth = new Truth(ReferenceExecutor.doubles().run(graph, reference), new HashMap<>());
        ReferenceExecutor.floats().run(graph, reference).forEach((name, floats) -> {
            if (floats instanceof ReferenceTensor.Numbers) {
                truth.errors.put(name, WorstCell.of(truth.doubles.get(name).numbers(), floats.numbers()).error());
            }
        });
        return truth;
    }

    /** Runs a session and asserts that its outputs are as near as they should be. */
    void compare(Model model, SessionOptions options, RandomInputs inputs, String what) {
        try (Session session = model.newSession(options)) {
            Outputs outputs = session.run(inputs.inputs());
            assertEquals(doubles.sequencedKeySet(), outputs.names(), what);
            for (String name : outputs.names()) {
                compare(outputs, name, what + " " + name);
            }
        }
    }

    private void compare(Outputs outputs, String name, String what) {
        if (outputs.isFloats(name)) {
            WorstCell.of(doubles.get(name).numbers(), outputs.floats(name))
                    .assertWithin(Math.max(LEAST_TOLERANCE, FACTOR * errors.get(name)), what);
        } else {
            boolean[] truth = doubles.get(name).bits();
            byte[] bytes = outputs.segment(name).toArray(JAVA_BYTE);
            for (int i = 0; i < truth.length; i++) {
                assertEquals(truth[i] ? 1 : 0, bytes[i], what + " cell " + i);
            }
        }
    }
}
