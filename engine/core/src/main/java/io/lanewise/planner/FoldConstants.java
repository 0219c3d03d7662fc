package io.lanewise.planner;

import java.util.List;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.LengthOrder;

/**
 * Multiplies constant weights that meet, once, so that no run has to, and lets the shorter side carry the product:
 *
 * <pre>
 *   (x Wqᵀ)(y Wkᵀ)ᵀ = (x M) yᵀ = x (y Mᵀ)ᵀ      with M = Wqᵀ Wk
 *   (A (y Wvᵀ)) Wfᵀ = (A y) Nᵀ = A (y Nᵀ)        with N = Wf Wv
 * </pre>
 *
 * <p>Which form is taken is counted for the length order of the plan; a form that saves no multiply-adds is not taken. What a
 * weight would have made for somebody else too, such as a projected residual, stays. Ragged rows are left to {@link JoinLinears}.
 */
final class FoldConstants implements GraphPass {

    private final LengthOrder order;
    private final Products products;

    FoldConstants(LengthOrder order, Products products) {
        this.order = order;
        this.products = products;
    }

    @Override
    public String name() {
        return "fold";
    }

    @Override
    public boolean folds() {
        return true;
    }

    @Override
    public Graph apply(Graph graph) {
        List<List<Value>> users = graph.users();
        return Rewriter.rewrite(graph, (rewriter, value) -> switch (value.op()) {
            case Op.Scores scores when saves(scores, users) -> fold(rewriter, scores);
            case Op.Linear last when saves(last, users) -> fold(rewriter, last, (Op.Context) last.x().op());
            default -> null;
        });
    }

    // ---------------------------------------------------------------- scores

    private boolean saves(Op.Scores scores, List<List<Value>> users) {
        Op.Linear q = plainLinear(scores.queries());
        Op.Linear k = plainLinear(scores.keys());
        if (q == null || k == null || q.x().rows().length().isRagged()) {
            return false;
        }
        long product = (long) q.x().rows().features() * k.x().rows().features();
        long folded = Math.min(rows(q.x()), rows(k.x())) * product;
        return folded < costIfOnlyScored(scores.queries(), users) + costIfOnlyScored(scores.keys(), users);
    }

    /** Returns what a projection costs if only scores read it, and nothing if it has to be made anyway. */
    private long costIfOnlyScored(Value projection, List<List<Value>> users) {
        boolean onlyScored = users.get(projection.id()).stream().allMatch(user -> user.op() instanceof Op.Scores);
        return onlyScored ? cost(projection) : 0;
    }

    private Value fold(Rewriter rewriter, Op.Scores scores) {
        Op.Linear q = plainLinear(scores.queries());
        Op.Linear k = plainLinear(scores.keys());
        Value x = rewriter.copyOf(q.x());
        Value y = rewriter.copyOf(k.x());
        if (order.isShorter(x.rows().length(), y.rows().length())) {
            Value projected = rewriter.linear(x, products.ofTransposed(k.weight().constant(), q.weight().constant()),
                    null);
            return rewriter.add(new Op.Scores(projected, y, scores.scale()));
        }
        Value projected = rewriter.linear(y, products.ofTransposed(q.weight().constant(), k.weight().constant()), null);
        return rewriter.add(new Op.Scores(x, projected, scores.scale()));
    }

    // ---------------------------------------------------------------- values

    private boolean saves(Op.Linear last, List<List<Value>> users) {
        if (!(last.x().op() instanceof Op.Context context) || users.get(last.x().id()).size() != 1) {
            return false;
        }
        Op.Linear first = plainLinear(context.values());
        if (first == null || last.x().rows().length().isRagged()) {
            return false;
        }
        boolean onlyHere = users.get(context.values().id()).size() == 1;
        long written = (onlyHere ? cost(context.values()) : 0) + rows(last.x()) * size(last.weight());
        long product = (long) first.x().rows().features() * ((Shape.Matrix) last.weight().shape()).rows();
        return last.bias() == null && Math.min(rows(first.x()), rows(last.x())) * product < written;
    }

    private Value fold(Rewriter rewriter, Op.Linear last, Op.Context context) {
        Op.Linear first = plainLinear(context.values());
        Constant product = products.of(last.weight().constant(), first.weight().constant());
        Value attention = rewriter.copyOf(context.attention());
        Value y = rewriter.copyOf(first.x());
        if (order.isShorter(last.x().rows().length(), y.rows().length())) {
            return rewriter.linear(rewriter.add(new Op.Context(attention, y)), product, null);
        }
        return rewriter.add(new Op.Context(attention, rewriter.linear(y, product, null)));
    }

    // ---------------------------------------------------------------- counting

    private long cost(Value linear) {
        return rows(linear) * size(((Op.Linear) linear.op()).weight());
    }

    private long rows(Value value) {
        return order.rows(value.rows().length());
    }

    private static long size(Value weight) {
        Shape.Matrix shape = (Shape.Matrix) weight.shape();
        return (long) shape.rows() * shape.columns();
    }

    private static Op.Linear plainLinear(Value value) {
        return value.op() instanceof Op.Linear linear && linear.bias() == null ? linear : null;
    }
}
