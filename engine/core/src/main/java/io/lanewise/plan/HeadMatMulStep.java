package io.lanewise.plan;

import java.util.List;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import io.lanewise.runtime.BoundStep;
import io.lanewise.runtime.Workspace;

/**
 * A linear layer of its own for each head, over all packed rows of a group: {@code result_h = rows_h · W_hᵀ}.
 *
 * @param weights one a head, between whole panels
 */
public record HeadMatMulStep(Slot result, Slot rows, List<WeightRef> weights) implements Step {

    @Override
    public List<Slot> reads() {
        return List.of(rows);
    }

    @Override
    public List<Slot> writes() {
        return List.of(result);
    }

    @Override
    public List<String> absorbed() {
        return List.of("head-linear");
    }

    @Override
    public Cost cost(RowCounts counts) {
        long n = counts.rows(rows.stream());
        long multiplyAdds = weights.stream().mapToLong(WeightRef::multiplyAddsPerRow).sum();
        long weightBytes = weights.stream().mapToLong(WeightRef::bytes).sum();
        return new Cost(n * multiplyAdds,
                n * (rows.layout().features() + result.layout().features()) * Float.BYTES + weightBytes);
    }

    @Override
    public String describe() {
        return result + " = " + rows + " · " + weights.getFirst().weight() + "ᵀ, and so on, " + weights.size()
                + " heads";
    }

    @Override
    public BoundStep bind(Workspace workspace) {
        int heads = weights.size();
        Rows[] to = new Rows[heads];
        Rows[] from = new Rows[heads];
        PackedWeight[] packed = new PackedWeight[heads];
        for (int head = 0; head < heads; head++) {
            to[head] = workspace.headColumns(result, head);
            from[head] = workspace.headColumns(rows, head);
            packed[head] = workspace.constants().weight(weights.get(head));
        }
        int stream = rows.stream().index();
        return (group, part) -> {
            int first = part.start(group.rows(stream));
            int n = part.size(group.rows(stream));
            for (int head = 0; head < heads; head++) {
                workspace.kernels().packedMatMul(to[head].select(first, n), from[head].select(first, n), packed[head],
                        false,
                        Activation.NONE);
            }
        };
    }
}
