package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.LengthOrder;

/**
 * Leaves the longer side of a multi-head attention as it came, and takes each head of the shorter side through the weights
 * instead:
 *
 * <pre>
 *   q_h (y Wk_hᵀ)ᵀ = (q_h Wk_h) yᵀ          A_h (y Wv_hᵀ) = (A_h y) Wv_hᵀ
 * </pre>
 *
 * <p>For n queries, m keys, H heads and D features either saves {@code (m − n)·D²} multiply-adds of projections and costs
 * {@code (H − 1)·n·m·D} more of products over pairs; the plan's length order says of which samples that is worth it.
 */
final class LiftHeads implements GraphPass {

    private final LengthOrder order;
    private final int panel;

    /** Makes the pass for kernels whose panels have so many columns: heads are lifted only between whole panels. */
    LiftHeads(LengthOrder order, int panel) {
        this.order = order;
        this.panel = panel;
    }

    @Override
    public String name() {
        return "lift";
    }

    @Override
    public boolean folds() {
        return true;
    }

    @Override
    public Graph apply(Graph graph) {
        List<List<Value>> users = graph.users();
        return Rewriter.rewrite(graph, (rewriter, value) -> switch (value.op()) {
            case Op.Scores scores when pays(scores.queries(), scores.keys(), users) -> lift(rewriter, scores);
            case Op.Context context when pays(value, context.values(), users) -> lift(rewriter, context);
            default -> null;
        });
    }

    private boolean pays(Value shorter, Value projection, List<List<Value>> users) {
        Shape.Rows heads = projection.rows();
        if (heads.heads() == 1 || heads.split() != HeadSplit.COLUMNS || users.get(projection.id()).size() != 1
                || !order.lifts(shorter.rows().length(), heads.length())) {
            return false;
        }
        Op.Linear linear = linear(projection);
        return linear != null && users.get(((Op.SplitHeads) projection.op()).x().id()).size() == 1
                && heads.headDim() % panel == 0 && linear.x().rows().features() % panel == 0;
    }

    private static Op.Linear linear(Value projection) {
        return projection.op() instanceof Op.SplitHeads split && split.x().op() instanceof Op.Linear linear
                && linear.bias() == null ? linear : null;
    }

    private static Value lift(Rewriter rewriter, Op.Scores scores) {
        Op.Linear keys = linear(scores.keys());
        int heads = scores.keys().rows().heads();
        Constant weight = Submatrix.transposedBlocks(keys.weight().constant(), heads);
        Value lifted = rewriter.add(
                new Op.HeadLinear(rewriter.copyOf(scores.queries()), rewriter.add(new Op.Weight(weight)), null));
        return rewriter.add(new Op.Scores(lifted, share(rewriter, keys, heads), scores.scale()));
    }

    private static Value lift(Rewriter rewriter, Op.Context context) {
        Op.Linear values = linear(context.values());
        int heads = context.values().rows().heads();
        Value whole = rewriter.add(
                new Op.Context(rewriter.copyOf(context.attention()), share(rewriter, values, heads)));
        return rewriter.add(new Op.HeadLinear(whole, rewriter.copyOf(values.weight()), null));
    }

    private static Value share(Rewriter rewriter, Op.Linear projection, int heads) {
        return rewriter.add(new Op.ShareHeads(rewriter.copyOf(projection.x()), heads));
    }
}
