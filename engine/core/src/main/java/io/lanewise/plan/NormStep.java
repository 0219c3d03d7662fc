package io.lanewise.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.lanewise.graph.Constant;

/**
 * Layer norm over all packed rows of a group, the residual added on the way in.
 *
 * @param residual what is added first, or null
 * @param scale one factor a feature, or null
 * @param shift one summand a feature, or null
 */
public record NormStep(Slot result, Slot rows, Slot residual, Constant scale, Constant shift, double eps,
        List<String> absorbed) implements Sweep {

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
        return Stream.of(scale, shift).filter(Objects::nonNull).map(table -> new TableRef(table, rows.layout()))
                .toList();
    }

    @Override
    public String describe() {
        return result + " = norm(" + rows + (residual == null ? "" : " + " + residual) + ")"
                + (scale == null ? "" : " · " + scale) + (shift == null ? "" : " + " + shift);
    }
}
