package io.lanewise.runtime;

import io.lanewise.kernels.Activation;
import io.lanewise.kernels.Kernels;
import io.lanewise.kernels.PackedWeight;
import io.lanewise.memory.Rows;
import io.lanewise.plan.HeadMatMulStep;

/** A linear layer of its own for each head at work, head by head on a part of a group's rows. */
final class BoundHeadMatMul implements BoundStep {

    private final Kernels kernels;
    private final Rows[] to; // by head
    private final Rows[] from; // by head
    private final PackedWeight[] weights; // by head
    private final int stream;

    BoundHeadMatMul(HeadMatMulStep step, Workspace workspace) {
        int heads = step.weights().size();
        kernels = workspace.kernels();
        to = new Rows[heads];
        from = new Rows[heads];
        weights = new PackedWeight[heads];
        for (int head = 0; head < heads; head++) {
            to[head] = workspace.headColumns(step.result(), head);
            from[head] = workspace.headColumns(step.rows(), head);
            weights[head] = workspace.constants().weight(step.weights().get(head));
        }
        stream = step.rows().stream().index();
    }

    @Override
    public void run(RowGroup group, Part part) {
        int first = part.start(group.rows(stream));
        int n = part.size(group.rows(stream));
        for (int head = 0; head < weights.length; head++) {
            kernels.packedMatMul(to[head].select(first, n), from[head].select(first, n), weights[head], false,
                    Activation.NONE);
        }
    }
}
