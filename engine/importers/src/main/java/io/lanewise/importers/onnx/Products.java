package io.lanewise.importers.onnx;

import java.util.Arrays;

import io.lanewise.importers.onnx.ElementType.Kind;
import io.lanewise.importers.onnx.Trial.Call;

/** Shapes of what is only ever made of weights. */
final class Products {

    private Products() {}

    static Sample[] matMul(Call call) {
        int[] a = call.in(0).shape();
        int[] b = call.in(1).shape();
        Unknown.unless(a.length >= 2 && b.length >= 2 && a[a.length - 1] == b[b.length - 2]);
        int[] batch = Sample.together(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        int[] shape = Arrays.copyOf(batch, batch.length + 2);
        shape[batch.length] = a[a.length - 2];
        shape[batch.length + 1] = b[b.length - 1];
        return Operators.one(Sample.opaque(call.node().op().equals("MatMul") ? Kind.FLOAT : Kind.INT, shape));
    }

    static Sample[] gemm(Call call) {
        int[] a = call.in(0).shape();
        int[] b = call.in(1).shape();
        Unknown.unless(a.length == 2 && b.length == 2 && call.node().integer("transA", 0) == 0);
        boolean isTransposed = call.node().integer("transB", 0) != 0;
        Unknown.unless(a[1] == (isTransposed ? b[1] : b[0]));
        return Operators.one(Sample.opaque(Kind.FLOAT, a[0], isTransposed ? b[0] : b[1]));
    }

    static Sample[] dynamicQuantizeLinear(Call call) {
        return new Sample[]{Sample.opaque(Kind.INT, call.in(0).shape()), Sample.opaque(Kind.FLOAT),
                Sample.opaque(Kind.INT)};
    }
}
