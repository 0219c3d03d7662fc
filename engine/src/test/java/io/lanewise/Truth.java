package io.lanewise;

import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;

import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the reference says of a layer and its inputs, and how far its own floats are from it. */
record Truth(SequencedMap<String, ReferenceTensor<double[]>> doubles,
        SequencedMap<String, ReferenceTensor<float[]>> floats, double factor) {

    private static final double LEAST_TOLERANCE = 2e-6;

    /**
     * How often the error of the reference's own floats is allowed. With a handful of features one row decides, the one whose
     * features happen to be nearly equal before a norm: both errors are then a rounding each, blown up alike, and their
     * quotient is anything. In 4000 configurations it reached 3.0 below 8 features and 1.9 from 16 on.
     */
    private static final double FACTOR = 2;
    private static final double FACTOR_OF_FEW_FEATURES = 6;
    private static final int FEW_FEATURES = 32;

    /** Asks the reference; of the options, the attention and what is attended to without keys matter. */
    static Truth of(RandomLayer layer, Model model, RandomInputs inputs, SessionOptions options) {
        List<String> names = inputs.all().stream().map(RandomInputs.Given::name).toList();
        Graph graph = model.graph(new HashSet<>(names));
        Graph wanted = options.attention() ? graph.withAttention() : graph;
        ReferenceInputs reference = inputs.reference().emptyAttention(options.emptyAttention().fill());
        return new Truth(ReferenceExecutor.doubles().run(wanted, reference),
                ReferenceExecutor.floats().run(wanted, reference),
                layer.hidden() < FEW_FEATURES ? FACTOR_OF_FEW_FEATURES : FACTOR);
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
            double[] truth = doubles.get(name).numbers();
            double error = WorstCell.of(truth, floats.get(name).numbers()).error();
            WorstCell.of(truth, outputs.floats(name)).assertWithin(Math.max(LEAST_TOLERANCE, factor * error), what);
        } else {
            boolean[] truth = doubles.get(name).bits();
            byte[] bytes = outputs.segment(name).toArray(JAVA_BYTE);
            for (int i = 0; i < truth.length; i++) {
                assertEquals(truth[i] ? 1 : 0, bytes[i], what + " cell " + i);
            }
        }
    }
}
