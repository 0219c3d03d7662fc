package io.lanewise.planner;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Value;

/** Never makes a concat that only feeds a linear layer: {@code [a ; b] Wᵀ = a W[:, :n]ᵀ + b W[:, n:]ᵀ}. */
final class SplitConcats implements GraphPass {

    @Override
    public String name() {
        return "split";
    }

    @Override
    public Graph apply(Graph graph) {
        return Rewriter.rewrite(graph,
                (rewriter, value) -> value.op() instanceof Op.Linear linear
                        && linear.x().op() instanceof Op.Concat concat ? split(rewriter, linear, concat) : null);
    }

    private static Value split(Rewriter rewriter, Op.Linear linear, Op.Concat concat) {
        Constant weight = linear.weight().constant();
        int middle = concat.left().rows().features();
        int end = middle + concat.right().rows().features();
        Value left = rewriter.linear(rewriter.copyOf(concat.left()), Submatrix.columns(weight, 0, middle), null);
        Value right = rewriter.linear(rewriter.copyOf(concat.right()), Submatrix.columns(weight, middle, end),
                rewriter.copyOf(linear.bias()));
        return rewriter.add(new Op.Add(left, right));
    }
}
