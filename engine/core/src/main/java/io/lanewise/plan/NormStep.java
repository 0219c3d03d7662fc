package io.lanewise.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.lanewise.graph.Constant;
import io.lanewise.kernels.Activation;
import io.lanewise.kernels.KernelForm;

/**
 * Layer norm over all packed rows of a group, the residual added on the way in, the activation applied on the way out.
 *
 * @param residual what is added first, or null
 * @param scale one factor a feature, or null
 * @param shift one summand a feature, or null
 */
public record NormStep(Slot result, Slot rows, Slot residual, Constant scale, Constant shift, double eps,
        Activation activation, List<String> absorbed) implements Sweep {

    @Override
    public List<Slot> reads() {
        List<Slot> reads = new ArrayList<>(List.of(rows));
        if (residual != null) {
            reads.add(residual);
        }
        return reads;
    }

    @Override
    public List<TableRef> constants() {
        List<TableRef> constants = new ArrayList<>();
        if (scale != null) {
            constants.add(new TableRef(scale, rows.layout()));
        }
        if (shift != null) {
            constants.add(new TableRef(shift, rows.layout()));
        }
        return constants;
    }

    @Override
    public Set<KernelForm> kernels(ToIntFunction<Stream> longest) {
        return activation == Activation.NONE
                ? Set.of(KernelForm.FUSED_NORM)
                : Set.of(KernelForm.FUSED_NORM, KernelForm.activate(activation));
    }

    @Override
    public String describe() {
        return result + " = norm(" + rows + (residual == null ? "" : " + " + residual) + ")"
                + (scale == null ? "" : " · " + scale) + (shift == null ? "" : " + " + shift)
                + (activation == Activation.NONE ? "" : ", " + activation.name().toLowerCase(Locale.ROOT));
    }
}
