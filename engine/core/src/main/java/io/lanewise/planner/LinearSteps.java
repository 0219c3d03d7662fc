package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Op;
import io.lanewise.graph.Value;
import io.lanewise.kernels.Activation;
import io.lanewise.plan.MatMulStep;
import io.lanewise.plan.Slot;
import io.lanewise.plan.WeightRef;
import io.lanewise.plan.ZeroRows;

/** Makes the steps of linear layers, whatever else they take in. */
final class LinearSteps {

    private LinearSteps() {}

    /** Makes {@code to = activation(x · Wᵀ + b)}; zero rows that stay zero need not be computed. */
    static MatMulStep product(StepWriter steps, Slot to, Op.Linear linear, Activation activation,
            List<String> absorbed) {
        boolean keepsZeros = linear.bias() == null && activation == Activation.NONE && to.stream().dense();
        return new MatMulStep(to, steps.slot(linear.x()), weight(steps, to, linear), false, activation,
                keepsZeros ? steps.zeroRows(linear.x()) : ZeroRows.NONE, absorbed);
    }

    /** Makes {@code to = activation(to + x · Wᵀ + b)}. */
    static MatMulStep sum(StepWriter steps, Slot to, Op.Linear linear, Activation activation, List<String> absorbed) {
        return new MatMulStep(to, steps.slot(linear.x()), weight(steps, to, linear), true, activation, ZeroRows.NONE,
                absorbed);
    }

    private static WeightRef weight(StepWriter steps, Slot to, Op.Linear linear) {
        return new WeightRef(linear.weight().constant(), StepWriter.constant(linear.bias()), to.layout(),
                steps.slot(linear.x()).layout());
    }
}
