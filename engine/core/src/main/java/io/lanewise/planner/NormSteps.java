package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.plan.NormStep;
import io.lanewise.plan.Slot;

/** Makes the steps of layer norms. */
final class NormSteps {

    private NormSteps() {}

    static NormStep norm(StepWriter steps, Value result, Op.LayerNorm norm) {
        return norm(steps, result, norm, steps.plain(norm.x()), null, Activation.NONE, List.of("layer-norm"));
    }

    /** Makes the norm of a sum that nobody else reads. */
    static NormStep normOfSum(StepWriter steps, Value result, Op.LayerNorm norm, Op.Add sum) {
        return norm(steps, result, norm, steps.plain(sum.left()), steps.plain(sum.right()), Activation.NONE,
                List.of("add", "layer-norm"));
    }

    /** Makes the activation of a norm that nobody else reads. */
    static NormStep activated(StepWriter steps, Value result, Op.LayerNorm norm, Activation activation) {
        return norm(steps, result, norm, steps.plain(norm.x()), null, activation, List.of("layer-norm", "activate"));
    }

    private static NormStep norm(StepWriter steps, Value result, Op.LayerNorm norm, Slot rows, Slot residual,
            Activation activation, List<String> absorbed) {
        return new NormStep(steps.make(result, rows.layout()), rows, residual, StepWriter.constant(norm.scale()),
                StepWriter.constant(norm.shift()), norm.eps(), activation, absorbed);
    }
}
