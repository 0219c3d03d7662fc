package io.lanewise.planner;

import java.util.HashMap;
import java.util.Map;

import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;
import io.lanewise.graph.Value;
import io.lanewise.plan.ZeroRows;

/** Follows zero rows from the inputs through a graph. */
final class KnownZeros {

    private final Map<Value, ZeroRows> known = new HashMap<>();

    private KnownZeros() {}

    static KnownZeros of(Graph graph) {
        KnownZeros zeros = new KnownZeros();
        for (Value value : graph.values()) {
            if (value.shape() instanceof Shape.Rows) {
                zeros.known.put(value, zeros.follow(value));
            }
        }
        return zeros;
    }

    /** Returns what is known of a value of rows. */
    ZeroRows of(Value value) {
        return known.get(value);
    }

    private ZeroRows follow(Value value) {
        return switch (value.op()) {
            case Op op when value.rows().length().isRagged() -> ZeroRows.NONE; // nothing there to be zero
            case Op.Input _ -> ZeroRows.EACH;
            case Op.Linear linear -> linear.bias() == null ? of(linear.x()) : ZeroRows.NONE;
            case Op.SplitHeads split -> of(split.x());
            case Op.ShareHeads share -> of(share.x());
            case Op.HeadLinear linear -> of(linear.x());
            case Op.MergeHeads merge -> of(merge.x());
            case Op.Gather gather ->
                firstRowIsZero(gather.table().constant()) ? ZeroRows.EACH : ZeroRows.NONE;
            case Op.Context context -> ofContext(context);
            case Op.Concat concat -> both(concat.left(), concat.right());
            case Op.Add add -> both(add.left(), add.right());
            case Op.Activate activate -> of(activate.x());
            case Op.LayerNorm norm -> norm.shift() == null ? of(norm.x()) : ZeroRows.NONE;
            default -> ZeroRows.NONE;
        };
    }

    /** A padding query's context is zero where its row of attention is; a head's contexts are zero where all its values are. */
    private ZeroRows ofContext(Op.Context context) {
        Op.MaskedSoftmax softmax = (Op.MaskedSoftmax) context.attention().op();
        if (softmax.queryPadding() != null) {
            return ZeroRows.EACH;
        }
        Shape.Rows values = context.values().rows();
        boolean alwaysKeys = softmax.keyPadding() == null; // without keys the answer is the policy's, which may be NaN
        return values.split() == HeadSplit.RESHAPED && values.heads() > 1 && alwaysKeys
                ? of(context.values()).mixed(values.heads())
                : ZeroRows.NONE;
    }

    private ZeroRows both(Value one, Value other) {
        return of(one).equals(of(other)) ? of(one) : ZeroRows.NONE;
    }

    private static boolean firstRowIsZero(Constant table) {
        float[] values = table.values();
        for (int column = 0; column < ((Shape.Matrix) table.shape()).columns(); column++) {
            if (values[column] != 0) {
                return false;
            }
        }
        return true;
    }
}
