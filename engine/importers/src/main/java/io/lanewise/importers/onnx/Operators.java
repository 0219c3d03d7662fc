package io.lanewise.importers.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

import io.lanewise.importers.onnx.ElementType.Kind;
import io.lanewise.importers.onnx.Trial.Call;
import io.lanewise.importers.onnx.Trial.Operator;

/**
 * The operators that are known when a graph is tried. A new one is a line here.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">the specification</a>
 */
final class Operators {

    private static final Map<String, Operator> ALL = new HashMap<>();

    static {
        // sizes and places
        ALL.put("Shape", Rearranging::shape);
        ALL.put("Size", call -> one(Sample.scalar(Kind.INT, call.in(0).elements())));
        ALL.put("ConstantOfShape", Rearranging::constantOfShape);
        ALL.put("Range", Rearranging::range);
        ALL.put("Reshape", Rearranging::reshape);
        ALL.put("Flatten", Rearranging::flatten);
        ALL.put("Squeeze", Rearranging::squeeze);
        ALL.put("Unsqueeze", Rearranging::unsqueeze);
        ALL.put("Transpose", Rearranging::transpose);
        ALL.put("Expand", Rearranging::expand);
        ALL.put("Concat", Rearranging::concat);
        ALL.put("Slice", Rearranging::slice);
        ALL.put("Gather", Rearranging::gather);
        ALL.put("CumSum", Rearranging::cumSum);
        ALL.put("Trilu", Rearranging::trilu);
        ALL.put("GatherElements", Picking::gatherElements);
        ALL.put("GatherND", Picking::gatherNd);
        ALL.put("Tile", Picking::tile);
        ALL.put("Split", Picking::split);
        ALL.put("Identity", call -> one(call.in(0)));
        ALL.put("Cast", Elementwise::cast);
        ALL.put("CastLike", call -> one(Elementwise.cast(call.in(0), call.in(1).kind())));
        ALL.put(FusedAttention.MASK, FusedMasks::mask);
        // one number each
        unary("Abs", Math::abs);
        unary("Neg", x -> -x);
        unary("Sign", Math::signum);
        unary("Ceil", Math::ceil);
        unary("Floor", Math::floor);
        unary("Sqrt", Math::sqrt);
        unary("Log", Math::log);
        unary("Exp", Math::exp);
        unary("Reciprocal", x -> 1 / x);
        unary("Round", Math::rint);
        truth("IsInf", x -> Double.isInfinite(x) ? 1 : 0);
        truth("Not", x -> x == 0 ? 1 : 0);
        truth("IsNaN", x -> Double.isNaN(x) ? 1 : 0);
        for (String op : new String[]{"Erf", "Tanh", "Relu", "Sigmoid", "Gelu", "Softmax", "LayerNormalization",
                "HardSwish", "Mish", "Elu", "Softplus", "LpNormalization"}) {
            ALL.put(op, call -> one(Sample.opaque(Kind.FLOAT, call.in(0).shape())));
        }
        // two numbers each
        binary("Add", Double::sum);
        binary("Sub", (a, b) -> a - b);
        binary("Mul", (a, b) -> a * b);
        binary("Div", (a, b) -> a / b);
        binary("Pow", Math::pow);
        binary("Mod", (a, b) -> a - b * Math.floor(a / b));
        binary("Min", Math::min);
        binary("Max", Math::max);
        comparison("Equal", (a, b) -> a == b ? 1 : 0);
        comparison("Less", (a, b) -> a < b ? 1 : 0);
        comparison("LessOrEqual", (a, b) -> a <= b ? 1 : 0);
        comparison("Greater", (a, b) -> a > b ? 1 : 0);
        comparison("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0);
        comparison("And", (a, b) -> a != 0 && b != 0 ? 1 : 0);
        comparison("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0);
        comparison("Xor", (a, b) -> a != 0 ^ b != 0 ? 1 : 0);
        ALL.put("Where", Elementwise::where);
        ALL.put("Clip", Elementwise::clip);
        // many numbers
        ALL.put("ReduceSum", call -> Reducing.reduce(call, 0, Double::sum, false));
        ALL.put("ReduceMean", call -> Reducing.reduce(call, 0, Double::sum, true));
        ALL.put("ReduceMax", call -> Reducing.reduce(call, Double.NEGATIVE_INFINITY, Math::max, false));
        ALL.put("ReduceMin", call -> Reducing.reduce(call, Double.POSITIVE_INFINITY, Math::min, false));
        ALL.put("ReduceProd", call -> Reducing.reduce(call, 1, (a, b) -> a * b, false));
        ALL.put("ReduceL2", Reducing::opaque);
        // products: their shapes alone
        ALL.put("MatMul", Products::matMul);
        ALL.put("MatMulInteger", Products::matMul);
        ALL.put("Gemm", Products::gemm);
        ALL.put("DynamicQuantizeLinear", Products::dynamicQuantizeLinear);
        ALL.put("QuantizeLinear", call -> one(Sample.opaque(Kind.INT, call.in(0).shape())));
        ALL.put("DequantizeLinear", call -> one(Sample.opaque(Kind.FLOAT, call.in(0).shape())));
    }

    private Operators() {}

    static Operator find(String op) {
        return ALL.get(op);
    }

    static Sample[] one(Sample sample) {
        return new Sample[]{sample};
    }

    private static void unary(String op, DoubleUnaryOperator function) {
        ALL.put(op, call -> one(Elementwise.unary(call.in(0), call.in(0).kind(), function)));
    }

    private static void truth(String op, DoubleUnaryOperator function) {
        ALL.put(op, call -> one(Elementwise.unary(call.in(0), Kind.BOOL, function)));
    }

    private static void binary(String op, DoubleBinaryOperator function) {
        ALL.put(op, call -> one(Elementwise.fold(call, call.in(0).kind(), function)));
    }

    private static void comparison(String op, DoubleBinaryOperator function) {
        ALL.put(op, call -> one(Elementwise.fold(call, Kind.BOOL, function)));
    }
}
