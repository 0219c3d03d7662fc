package io.lanewise.bench.peers;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

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

    /** Returns the largest difference of an answer from the truth of its first samples. */
    public static double error(PaperLayer layer, Map<String, ReferenceTensor<double[]>> truth,
            Map<String, FloatBuffer> answer) {
        double worst = 0;
        for (Map.Entry<String, ReferenceTensor<double[]>> output : truth.entrySet()) {
            double[] right = output.getValue().numbers();
            worst = Math.max(worst,
                    difference(layer, right.length, cell -> right[cell], answer.get(output.getKey())::get));
        }
        return worst;
    }

    /** Returns the largest difference of two answers; infinite if they do not have the same cells. */
    public static double difference(PaperLayer layer, Map<String, FloatBuffer> expected,
            Map<String, FloatBuffer> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (Map.Entry<String, FloatBuffer> output : expected.entrySet()) {
            FloatBuffer right = output.getValue();
            FloatBuffer other = actual.get(output.getKey());
            worst = Math.max(worst, right.limit() == other.limit()
                    ? difference(layer, right.limit(), right::get, other::get)
                    : Double.POSITIVE_INFINITY);
        }
        return worst;
    }

    /** A difference is absolute; of a stage in units of its largest number if that is above 1, as its specification measures it. */
    private static double difference(PaperLayer layer, int cells, IntToDoubleFunction right,
            IntToDoubleFunction actual) {
        double worst = 0;
        double scale = 1;
        for (int cell = 0; cell < cells; cell++) {
            worst = worse(worst, Math.abs(right.applyAsDouble(cell) - actual.applyAsDouble(cell)));
            scale = Math.max(scale, Math.abs(right.applyAsDouble(cell)));
        }
        return layer.isWhole() ? worst / scale : worst;
    }

    /** Not a number is the worst of all. */
    private static double worse(double worst, double error) {
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
    }
}
