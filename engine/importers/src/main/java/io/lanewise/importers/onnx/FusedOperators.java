package io.lanewise.importers.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Operators that stand for several: what ONNX Runtime's optimizer makes of encoders, and newer versions of ONNX have by themselves.
 * They are written out, so that patterns need to know the parts alone. A new one is a line here. One that asks for more than an
 * encoder does is left as it is, and refused by its name.
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md">ONNX Runtime's own operators</a>
 */
final class FusedOperators {

    private static final String MICROSOFT = "com.microsoft.";

    /** That of ONNX Runtime's own norms, where they do not say it. */
    private static final float EPSILON = 1e-12f;

    private static final Map<String, Predicate<FusedNode>> ALL = new HashMap<>();

    static {
        ALL.put("Attention", FusedAttention::standard);
        ALL.put(MICROSOFT + "Attention", FusedAttention::packed);
        ALL.put(MICROSOFT + "QAttention", FusedAttention::quantized);
        ALL.put(MICROSOFT + "MultiHeadAttention", FusedAttention::projected);
        ALL.put(MICROSOFT + "EmbedLayerNormalization", FusedOperators::embedding);
        ALL.put(MICROSOFT + "SkipLayerNormalization", FusedOperators::skip);
        ALL.put(MICROSOFT + "Gelu", node -> gelu(node, "none"));
        ALL.put(MICROSOFT + "BiasGelu", node -> gelu(node, "none"));
        ALL.put(MICROSOFT + "FastGelu", node -> gelu(node, "tanh"));
        ALL.put(MICROSOFT + "BiasSoftmax", FusedOperators::biasSoftmax);
        ALL.put(MICROSOFT + "FusedMatMul", FusedOperators::matMul);
        ALL.put(MICROSOFT + "FusedGemm", FusedOperators::gemm);
        ALL.put(MICROSOFT + "DynamicQuantizeMatMul", FusedOperators::dynamicMatMul);
        ALL.put(MICROSOFT + "MatMulIntegerToFloat", FusedOperators::integerMatMul);
    }

    private FusedOperators() {}

    /** Returns the nodes that a node stands for; itself alone where it is no fused one, or asks for more than encoders do. */
    static List<OnnxNode> writtenOut(OnnxNode node, Map<String, OnnxTensor> constants, Map<String, OnnxNode> makers) {
        Predicate<FusedNode> operator = ALL.get(node.op());
        FusedNode fused = new FusedNode(node, constants, makers);
        return operator != null && operator.test(fused) ? fused.written() : List.of(node);
    }

    // ---------------------------------------------------------------- rows

    private static boolean gelu(FusedNode node, String approximation) {
        String x = node.has(1) ? node.add("Add", List.of(node.in(0), node.in(1))) : node.in(0);
        node.make(0, "Gelu", List.of(x), "approximate", approximation);
        return true;
    }

    private static boolean skip(FusedNode node) {
        if (!node.has(3)) {
            return false; // a norm without a shift
        }
        String x = node.has(4) ? node.add("Add", List.of(node.in(0), node.in(4))) : node.in(0);
        List<String> both = List.of(x, node.in(1));
        String sum = node.add("Add", both);
        if (node.makes(3)) {
            node.make(3, "Identity", List.of(sum));
        }
        norm(node, sum, node.in(2), node.in(3));
        return !node.makes(1) && !node.makes(2);
    }

    private static void norm(FusedNode node, String x, String weight, String bias) {
        node.make(0, "LayerNormalization", List.of(x, weight, bias), "axis", -1L, "epsilon",
                node.node().real("epsilon", EPSILON));
    }

    /** Inputs: ids, types, tables of words, places and types, norm's weight and bias, mask, places. */
    private static boolean embedding(FusedNode node) {
        String places = node.has(8) ? node.in(8) : places(node);
        String sum = node.add("Add", List.of(rows(node, node.in(2), node.in(0)), rows(node, node.in(3), places)));
        if (node.has(1) && node.has(4)) {
            sum = node.add("Add", List.of(sum, rows(node, node.in(4), node.in(1))));
        }
        norm(node, sum, node.in(5), node.in(6));
        if (node.makes(1) && node.has(7)) {
            node.make(1, "ReduceSum", List.of(node.in(7), node.wholes(1)), "keepdims", 0L);
        }
        if (node.makes(2)) {
            node.make(2, "Identity", List.of(sum));
        }
        return node.node().integer("mask_index_type", 0) == 0 || !node.makes(1);
    }

    private static String rows(FusedNode node, String table, String index) {
        return node.add("Gather", List.of(table, index));
    }

    private static String places(FusedNode node) {
        String length = node.add("Gather", List.of(node.add("Shape", List.of(node.in(0))), node.whole(1)));
        return node.add("Range", List.of(node.whole(0), length, node.whole(1)));
    }

    private static boolean biasSoftmax(FusedNode node) {
        String sum = node.add("Add", List.of(node.in(0), node.in(1)));
        node.make(0, "Softmax", List.of(sum), "axis", node.node().integer("axis", 1) == 3 ? -1L : 1L);
        return true;
    }

    // ---------------------------------------------------------------- products

    private static boolean matMul(FusedNode node) {
        OnnxNode fused = node.node();
        boolean isPlain = fused.integer("transA", 0) == 0 && fused.integer("transBatchA", 0) == 0
                && fused.integer("transBatchB", 0) == 0;
        if (!isPlain) {
            return false;
        }
        String right = node.in(1);
        if (fused.integer("transB", 0) != 0) {
            boolean isWeight = node.constant(1) != null;
            right = node.add("Transpose", List.of(right), "perm",
                    isWeight ? new long[]{1, 0} : new long[]{0, 1, 3, 2});
        }
        float factor = fused.real("alpha", 1);
        String product = node.add("MatMul", List.of(node.in(0), right));
        node.make(0, "Mul", List.of(product, node.number(factor)));
        return true;
    }

    private static boolean gemm(FusedNode node) {
        OnnxNode fused = node.node();
        String activation = Attributes.text(fused, "activation", "");
        if (!List.of("Relu", "Tanh", "Sigmoid").contains(activation)) {
            return false;
        }
        String product = node.add("Gemm", List.of(node.in(0), node.in(1), node.in(2)), "transA",
                fused.integer("transA", 0), "transB", fused.integer("transB", 0), "alpha", fused.real("alpha", 1),
                "beta", fused.real("beta", 1));
        node.make(0, activation, List.of(product));
        return true;
    }

    /** Inputs: rows, whole numbers, their scale and zero, bias. */
    private static boolean dynamicMatMul(FusedNode node) {
        return floatMatMul(node, node.in(0), 1, 2, 3, 4);
    }

    /** Inputs: whole numbers, and again; their scales, their zeros, bias. */
    private static boolean integerMatMul(FusedNode node) {
        String x = node.unquantized(0);
        return x != null && floatMatMul(node, x, 1, 3, 5, 6);
    }

    private static boolean floatMatMul(FusedNode node, String x, int weight, int scale, int zero, int bias) {
        List<String> quantized = node.has(zero)
                ? List.of(node.in(weight), node.in(scale), node.in(zero))
                : List.of(node.in(weight), node.in(scale));
        List<String> operands = List.of(x, node.add("DequantizeLinear", quantized, "axis", 1L));
        if (node.has(bias)) {
            node.make(0, "Add", List.of(node.add("MatMul", operands), node.in(bias)));
        } else {
            node.make(0, "MatMul", operands);
        }
        return true;
    }
}
