package io.lanewise;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

import io.lanewise.graph.Graph;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceInputs;
import io.lanewise.reference.ReferenceTensor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * What the reference says of a layer and its inputs, and by output how far its own floats are from it.
 *
 * @param moreErrors how far they are when the same rows are rounded otherwise
 */
record Truth(SequencedMap<String, ReferenceTensor<double[]>> doubles, Map<String, Double> errors,
        Supplier<Map<String, Double>> moreErrors) {

    private static final double LEAST_TOLERANCE = 2e-6;
    private static final double FACTOR = 2;

    /**
     * One row decides, the one whose features happen to be most nearly equal before a norm: its error is a rounding, blown up, and
     * may happen to be none. What the reference's floats do there shows when the same rows are rounded otherwise as well, which
     * multiplying them by nearly 1 does. That is asked for where once is not enough.
     */
    private static final int ROUNDINGS = 8;
    private static final float NEARLY_ONE = 0x1p-15f;

    /** Asks the reference; of the options, the attention and what is attended to without keys matter. */
    static Truth of(Model model, RandomInputs inputs, SessionOptions options) {
        List<String> names = inputs.all().stream().map(RandomInputs.Given::name).toList();
        Graph written = model.graph(new HashSet<>(names));
        Graph graph = options.attention() ? written.withAttention() : written;
        return of(graph, inputs, options);
    }

    private static Truth of(Graph graph, RandomInputs inputs, SessionOptions options) {
        ReferenceInputs reference = inputs.reference().emptyAttention(options.emptyAttention().fill());
        Truth truth = new Truth(ReferenceExecutor.doubles().run(graph, reference), new HashMap<>(),
                () -> moreErrors(graph, inputs, options));
        ReferenceExecutor.floats().run(graph, reference).forEach((name, floats) -> {
            if (floats instanceof ReferenceTensor.Numbers) {
                truth.errors.put(name, WorstCell.of(truth.doubles.get(name).numbers(), floats.numbers()).error());
            }
        });
        return truth;
    }

    private static Map<String, Double> moreErrors(Graph graph, RandomInputs inputs, SessionOptions options) {
        Map<String, Double> most = new HashMap<>();
        for (int i = 1; i < ROUNDINGS; i++) {
            of(graph, inputs.times(1 + i * NEARLY_ONE), options).errors
                    .forEach((name, error) -> most.merge(name, error, Math::max));
        }
        return most;
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
            double error = worst.error() <= tolerance(errors.get(name))
                    ? errors.get(name)
                    : Math.max(errors.get(name), moreErrors.get().get(name));
            worst.assertWithin(tolerance(error), what);
        } else {
            boolean[] truth = doubles.get(name).bits();
            byte[] bytes = outputs.segment(name).toArray(JAVA_BYTE);
            for (int i = 0; i < truth.length; i++) {
                assertEquals(truth[i] ? 1 : 0, bytes[i], what + " cell " + i);
            }
        }
    }

    private static double tolerance(double error) {
        return Math.max(LEAST_TOLERANCE, FACTOR * error);
    }
}
