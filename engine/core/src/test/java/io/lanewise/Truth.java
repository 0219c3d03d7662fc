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

/** What the reference says of a layer and its inputs, and how far its own floats are from it, which is asked where it matters. */
final class Truth {

    private static final double LEAST_TOLERANCE = 2e-6;
    private static final double FACTOR = 2;

    /**
     * One row decides, the one whose features happen to be most nearly equal before a norm: its error is a rounding, blown up, and
     * may happen to be none. What the reference's floats do there shows when the same rows are rounded otherwise as well, which
     * multiplying them by nearly 1 does. That is asked for where once is not enough.
     */
    private static final int ROUNDINGS = 8;
    private static final float NEARLY_ONE = 0x1p-15f;

    private final Graph graph;
    private final RandomInputs inputs;
    private final SessionOptions options;
    private final SequencedMap<String, ReferenceTensor<double[]>> doubles;
    private Map<String, Double> errors; // by output, of the rows as they are
    private Map<String, Double> mostErrors; // likewise, also of rows that are rounded otherwise

    private Truth(Graph graph, RandomInputs inputs, SessionOptions options) {
        this.graph = graph;
        this.inputs = inputs;
        this.options = options;
        doubles = ReferenceExecutor.doubles().run(graph, reference());
    }

    /** Asks the reference; of the options, the attention and what is attended to without keys matter. */
    static Truth of(Model model, RandomInputs inputs, SessionOptions options) {
        List<String> names = inputs.all().stream().map(RandomInputs.Given::name).toList();
        Graph written = model.graph(new HashSet<>(names));
        return new Truth(options.attention() ? written.withAttention() : written, inputs, options);
    }

    private ReferenceInputs reference() {
        return inputs.reference().emptyAttention(options.emptyAttention().fill());
    }

    private Map<String, Double> errors() {
        if (errors == null) {
            errors = new HashMap<>();
            ReferenceExecutor.floats().run(graph, reference()).forEach((name, floats) -> {
                if (floats instanceof ReferenceTensor.Numbers) {
                    errors.put(name, WorstCell.of(doubles.get(name).numbers(), floats.numbers()).error());
                }
            });
        }
        return errors;
    }

    private Map<String, Double> mostErrors() {
        if (mostErrors == null) {
            mostErrors = new HashMap<>(errors());
            for (int i = 1; i < ROUNDINGS; i++) {
                new Truth(graph, inputs.times(1 + i * NEARLY_ONE), options).errors()
                        .forEach((name, error) -> mostErrors.merge(name, error, Math::max));
            }
        }
        return mostErrors;
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
            WorstCell worst = WorstCell.of(doubles.get(name).numbers(), outputs.floats(name));
            double tolerance = LEAST_TOLERANCE;
            if (worst.error() > tolerance) {
                tolerance = Math.max(tolerance, FACTOR * errors().get(name));
            }
            if (worst.error() > tolerance) {
                tolerance = Math.max(tolerance, FACTOR * mostErrors().get(name));
            }
            worst.assertWithin(tolerance, what);
        } else {
            boolean[] truth = doubles.get(name).bits();
            byte[] bytes = outputs.segment(name).toArray(JAVA_BYTE);
            for (int i = 0; i < truth.length; i++) {
                assertEquals(truth[i] ? 1 : 0, bytes[i], what + " cell " + i);
            }
        }
    }
}
