package io.lanewise.importers.onnx;

import java.util.ArrayList;
import java.util.List;

/** Attention as one node, in the forms that there are, written out as queries, keys, scores, mask, softmax and values. */
final class FusedAttention {

    /** What a mask of any form adds to scores; known to the trial alone. */
    static final String MASK = "lanewise.Mask";

    private static final long[] SWAPPED = {0, 2, 1, 3};

    private final FusedNode node;
    private final OnnxNode fused;

    private FusedAttention(FusedNode node) {
        this.node = node;
        this.fused = node.node();
    }

    // ---------------------------------------------------------------- forms

    /** ONNX's own, since version 23. Inputs: queries, keys, values, mask, past keys and values. */
    static boolean standard(FusedNode node) {
        FusedAttention attention = new FusedAttention(node);
        OnnxNode fused = node.node();
        long heads = fused.integer("q_num_heads", 0);
        boolean isPlain = fused.integer("is_causal", 0) == 0 && fused.real("softcap", 0) == 0 && !node.has(4)
                && !node.makes(1) && !node.makes(2) && !node.makes(3)
                && heads == fused.integer("kv_num_heads", heads);
        if (!isPlain) {
            return false;
        }
        boolean isSplit = heads == 0; // rank 4
        String query = isSplit ? node.in(0) : attention.heads(node.in(0), heads);
        String key = isSplit ? node.in(1) : attention.heads(node.in(1), heads);
        String value = isSplit ? node.in(2) : attention.heads(node.in(2), heads);
        String scores = attention.scores(query, key);
        String masked = node.has(3)
                ? node.add("Add", List.of(scores, node.add(MASK, List.of(node.in(3), query, node.whole(0)))))
                : scores;
        String shares = node.add("Softmax", List.of(masked), "axis", -1L);
        if (isSplit) {
            node.make(0, "MatMul", List.of(shares, value));
        } else {
            attention.context(shares, value);
        }
        return true;
    }

    /** Weights of queries, keys and values in one. Inputs: rows, weight, bias, mask, past, what is added to scores. */
    static boolean packed(FusedNode node) {
        if (!isForEncoders(node, 4) || !node.hasParts(1, 3) || !node.hasParts(2, 3)) {
            return false;
        }
        List<String> projected = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            String product = node.add("MatMul", List.of(node.in(0), node.part(1, part, 3)));
            projected.add(node.add("Add", List.of(product, node.part(2, part, 3))));
        }
        return new FusedAttention(node).attend(projected, 3, 5);
    }

    /** As {@link #packed}, of whole numbers. Inputs: rows, weight, bias, their scales, mask, their zeros, past. */
    static boolean quantized(FusedNode node) {
        String x = node.unquantized(0);
        boolean isKnown = isForEncoders(node, 8) && x != null && node.hasParts(1, 3) && node.hasParts(2, 3)
                && node.hasParts(4, 3) && (!node.has(7) || node.hasParts(7, 3));
        if (!isKnown) {
            return false;
        }
        List<String> projected = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            List<String> quantized = new ArrayList<>(List.of(node.part(1, part, 3), node.part(4, part, 3)));
            if (node.has(7)) {
                quantized.add(node.part(7, part, 3));
            }
            String weight = node.add("DequantizeLinear", quantized, "axis", 1L);
            String product = node.add("MatMul", List.of(x, weight));
            projected.add(node.add("Add", List.of(product, node.part(2, part, 3))));
        }
        return new FusedAttention(node).attend(projected, 5, 9);
    }

    /** Inputs: queries, keys, values, their biases in one, mask, what is added to scores, past. */
    static boolean projected(FusedNode node) {
        boolean isKnown = isForEncoders(node, 6) && node.has(1) && node.has(2)
                && (!node.has(3) || node.hasParts(3, 3));
        if (!isKnown) {
            return false;
        }
        List<String> projected = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            projected.add(node.has(3)
                    ? node.add("Add", List.of(node.in(part), node.part(3, part, 3)))
                    : node.in(part));
        }
        return new FusedAttention(node).attend(projected, 4, 5);
    }

    private static boolean isForEncoders(FusedNode node, int past) {
        OnnxNode fused = node.node();
        return fused.integer("unidirectional", 0) == 0 && fused.integer("do_rotary", 0) == 0 && !node.has(past)
                && !fused.attributes().containsKey("qkv_hidden_sizes") && !node.makes(1)
                && fused.integer("num_heads", 0) > 0;
    }

    // ---------------------------------------------------------------- parts

    private boolean attend(List<String> projected, int mask, int added) {
        long heads = fused.integer("num_heads", 0);
        List<String> split = projected.stream().map(rows -> heads(rows, heads)).toList();
        String scores = scores(split.get(0), split.get(1));
        if (node.has(added)) {
            scores = node.add("Add", List.of(scores, node.in(added)));
        }
        if (node.has(mask)) {
            scores = node.add("Add",
                    List.of(scores, node.add(MASK, List.of(node.in(mask), split.get(0), node.whole(1)))));
        }
        context(node.add("Softmax", List.of(scores), "axis", -1L), split.get(2));
        return true;
    }

    private String heads(String rows, long heads) {
        String shape = node.wholes(0, 0, heads, -1);
        return node.add("Transpose", List.of(node.add("Reshape", List.of(rows, shape))), "perm", SWAPPED);
    }

    /** Scores are divided by the root of a head's size, unless the node says otherwise. */
    private String scores(String query, String key) {
        String turned = node.add("Transpose", List.of(key), "perm", new long[]{0, 1, 3, 2});
        String product = node.add("MatMul", List.of(query, turned));
        float scale = fused.real("scale", 0);
        if (scale != 0) {
            return node.add("Mul", List.of(product, node.number(scale)));
        }
        String size = node.add("Gather", List.of(node.add("Shape", List.of(query)), node.whole(3)));
        return node.add("Div",
                List.of(product, node.add("Sqrt", List.of(node.add("Cast", List.of(size), "to", 1L)))));
    }

    private void context(String shares, String value) {
        String rows = node.add("Transpose", List.of(node.add("MatMul", List.of(shares, value))), "perm", SWAPPED);
        node.make(0, "Reshape", List.of(rows, node.wholes(0, 0, -1)));
    }
}
