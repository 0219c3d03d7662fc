package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.util.Map;

import io.lanewise.Model;
import io.lanewise.bench.PaddedBatch;
import io.lanewise.reference.ReferenceExecutor;
import io.lanewise.reference.ReferenceTensor;

/**
 * Says whether an engine's answer is the layer's. The first samples are compared with the double reference, which is too slow
 * for a whole batch; Lanewise's own answer, so checked, then stands for the reference on all others.
 */
public final class PeerAgreement {

    /** The largest error that is still right: generous for float32, whose own error on these layers is about 2e-6. */
    public static final double TOLERANCE = 1e-5;

    private static final int REFERENCE_SAMPLES = 2;

    private PeerAgreement() {}

    /** Returns what the double reference answers to the first samples of a batch. */
    public static Map<String, ReferenceTensor<double[]>> truthOfFirst(PaperLayer layer, PaddedBatch batch) {
        PaddedBatch few = batch.first(Math.min(REFERENCE_SAMPLES, batch.samples()));
        try (Model model = layer.model()) {
            return ReferenceExecutor.doubles().run(model.graph(few.names()).asking(layer.outputs()),
                    few.forReference());
        }
    }

    /** Returns the largest absolute difference of an answer from the truth of its first samples. */
    public static double error(Map<String, ReferenceTensor<double[]>> truth, Map<String, FloatBuffer> answer) {
        double worst = 0;
        for (Map.Entry<String, ReferenceTensor<double[]>> output : truth.entrySet()) {
            worst = Math.max(worst, error(output.getValue().numbers(), answer.get(output.getKey())));
        }
        return worst;
    }

    private static double error(double[] truth, FloatBuffer answer) {
        double worst = 0;
        for (int cell = 0; cell < truth.length; cell++) {
            worst = worse(worst, Math.abs(truth[cell] - answer.get(cell)));
        }
        return worst;
    }

    /** Returns the largest absolute difference of two answers; infinite if they do not have the same cells. */
    public static double difference(Map<String, FloatBuffer> expected, Map<String, FloatBuffer> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (Map.Entry<String, FloatBuffer> output : expected.entrySet()) {
            worst = worse(worst, difference(output.getValue(), actual.get(output.getKey())));
        }
        return worst;
    }

    private static double difference(FloatBuffer expected, FloatBuffer actual) {
        if (expected.limit() != actual.limit()) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int cell = 0; cell < expected.limit(); cell++) {
            worst = worse(worst, Math.abs((double) expected.get(cell) - actual.get(cell)));
        }
        return worst;
    }

    /** Not a number is the worst of all. */
    private static double worse(double worst, double error) {
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
    }
}
