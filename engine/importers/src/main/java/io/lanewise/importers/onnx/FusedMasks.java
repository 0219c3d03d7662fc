package io.lanewise.importers.onnx;

import io.lanewise.importers.onnx.ElementType.Kind;
import io.lanewise.importers.onnx.Trial.Call;

/** What the masks of fused attention add to scores, whichever of their forms they have. */
final class FusedMasks {

    private static final double HIDDEN = -1e30;

    private FusedMasks() {}

    /** Inputs: the mask, queries {@code [batch, heads, length, size]}, and whether whole numbers are ONNX Runtime's: which rows count. */
    static Sample[] mask(Call call) {
        Sample mask = call.in(0);
        int[] queries = call.in(1).shape();
        Unknown.unless(mask.hasValues() && queries.length == 4);
        int batch = queries[0];
        int length = queries[2];
        boolean isOfRuntime = call.in(2).only() != 0;
        if (!isOfRuntime) {
            return Operators.one(mask.kind() == Kind.BOOL
                    ? Elementwise.unary(Elementwise.cast(mask, Kind.FLOAT), Kind.FLOAT, FusedMasks::added)
                    : mask);
        }
        double[] added = new double[Sample.fewElements(batch, length)];
        for (int i = 0; i < added.length; i++) {
            added[i] = added(counts(mask, batch, length, i / length, i % length) ? 1 : 0);
        }
        return Operators.one(Sample.of(Kind.FLOAT, new int[]{batch, 1, 1, length}, added));
    }

    private static double added(double counts) {
        return counts == 0 ? HIDDEN : 0;
    }

    /** A number of rows for each text, these and then the first rows, or a number for each row. */
    private static boolean counts(Sample mask, int batch, int length, int text, int place) {
        double[] values = mask.values();
        if (mask.rank() == 1) {
            Unknown.unless(values.length == batch || values.length == 2 * batch);
            return place < values[text] && (values.length == batch || place >= values[batch + text]);
        }
        Unknown.unless(mask.rank() == 2 && mask.shape()[0] == batch && mask.shape()[1] == length);
        return values[text * length + place] != 0;
    }
}
