package io.lanewise.importers.onnx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ai.onnx.proto.OnnxMl.ModelProto;

/** An encoder of two small layers with random weights, exported in one of the ways that exporters have. */
public final class TinyEncoder {

    static final int VOCABULARY = 11;
    static final int PLACES = 16;
    static final int FEATURES = 6;
    static final int HEADS = 2;
    static final int INTERMEDIATE = 10;
    static final int LAYERS = 2;

    /** How it is written. */
    public enum Form {
        /** Norms as one node. */
        FUSED_NORMS,
        /** Squares as products, and roots as reciprocals. */
        OTHER_NORMS,
        /** Reciprocal factors on queries and keys, as for scaled_dot_product_attention. */
        SCALED_BEFORE,
        /** A mask that replaces scores, and queries that are divided. */
        WHERE_MASK,
        /** The approximation by the hyperbolic tangent. */
        TANH_GELU,
        /** Gelu as one node. */
        FUSED_GELU,
        /** Linear layers of rank 2 weights that are transposed by a node. */
        TRANSPOSES,
        /** No token types, neither table nor input. */
        NO_TYPES,
        /** A table of token types, but no input. */
        ZERO_TYPES,
        /** Places behind the padding's id. */
        COUNTED,
        /** One table of biases by distance. */
        RELATIVE,
        /** Weights as whole numbers. */
        INTEGERS
    }

    private final GraphWriter writer = new GraphWriter();
    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private final Random random = new Random(20);
    private final List<Form> forms;
    private int anonymous;
    private String mask;
    private String relative;
    private String hidden;

    public TinyEncoder(Form... forms) {
        this.forms = List.of(forms);
        writer.input("input_ids");
        writer.input("attention_mask");
        if (!is(Form.NO_TYPES) && !is(Form.ZERO_TYPES)) {
            writer.input("token_type_ids");
        }
        mask = is(Form.WHERE_MASK) ? whereMask() : addedMask();
        relative = is(Form.RELATIVE) ? relative() : null;
        hidden = norm("embeddings.LayerNorm", embeddings());
        for (int i = 0; i < LAYERS; i++) {
            hidden = layer("encoder.layer." + i + ".", hidden);
        }
    }

    private boolean is(Form form) {
        return forms.contains(form);
    }

    public GraphWriter writer() {
        return writer;
    }

    /** Returns the weights by the names of BERT's files. */
    public Map<String, float[]> weights() {
        return weights;
    }

    public String hidden() {
        return hidden;
    }

    /** Returns the model with its last layer as the only output. */
    public ModelProto.Builder model(String output) {
        writer.output(output, hidden);
        return writer.model(is(Form.FUSED_GELU) ? 20 : is(Form.FUSED_NORMS) ? 17 : 12);
    }

    // ---------------------------------------------------------------- weights

    float[] values(String name, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = is(Form.INTEGERS) && (name.endsWith("embeddings.weight")
                    || name.endsWith(".weight") && !name.contains("LayerNorm"))
                            ? (random.nextInt(200) - 100) * 0.25f
                            : (float) random.nextGaussian();
        }
        weights.put(name, values);
        return values;
    }

    private String vector(String name, int size) {
        return writer.floats(name, values(name, size), size);
    }

    private String table(String name, int rows, int columns, String index) {
        float[] values = values(name, rows * columns);
        if (!is(Form.INTEGERS)) {
            return writer.node("Gather", List.of(writer.floats(name, values, rows, columns), index));
        }
        int[] bytes = new int[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Math.round(values[i] * 4) + 128;
        }
        String rowsOf = writer.node("Gather",
                List.of(writer.bytes(name + "_quantized", 2, bytes, rows, columns), index));
        return writer.node("DequantizeLinear", List.of(rowsOf, writer.floats(name + "_scale", new float[]{0.25f}),
                writer.bytes(name + "_zero", 2, new int[]{128})));
    }

    /** Adds a linear layer, whose weight is kept as PyTorch has it. */
    public String linear(String name, String x, int out, int in) {
        float[] weight = values(name + ".weight", out * in);
        if (is(Form.INTEGERS)) {
            return integerLinear(name, x, weight, out, in);
        }
        String product;
        if (is(Form.TRANSPOSES)) {
            String stored = writer.floats(name + ".weight", weight, out, in);
            product = writer.node("MatMul", List.of(x, writer.node("Transpose", List.of(stored), "perm",
                    new long[]{1, 0})));
        } else {
            float[] transposed = new float[out * in];
            for (int i = 0; i < out * in; i++) {
                transposed[i % in * out + i / in] = weight[i];
            }
            product = writer.node("MatMul", List.of(x,
                    writer.floats("onnx::MatMul_" + ++anonymous, transposed, in, out)));
        }
        return writer.node("Add", List.of(vector(name + ".bias", out), product));
    }

    private String integerLinear(String name, String x, float[] weight, int out, int in) {
        int[] bytes = new int[out * in];
        for (int i = 0; i < out * in; i++) {
            bytes[i % in * out + i / in] = Math.round(weight[i] * 4);
        }
        float[] scales = new float[out];
        Arrays.fill(scales, 0.25f);
        String[] quantized = writer.nodes("DynamicQuantizeLinear", 3, List.of(x));
        String stored = writer.bytes("onnx::MatMul_" + ++anonymous + "_quantized", 3, bytes, in, out);
        String product = writer.node("MatMulInteger", List.of(quantized[0], stored, quantized[2],
                writer.bytes(stored + "_zero", 3, new int[out], out)));
        String scale = writer.node("Mul", List.of(quantized[1], writer.floats(stored + "_scale", scales, out)));
        String scaled = writer.node("Mul", List.of(writer.node("Cast", List.of(product), "to", 1), scale));
        return writer.node("Add", List.of(vector(name + ".bias", out), scaled));
    }

    /** Adds a linear layer on one row of each text. */
    public String gemm(String name, String x, int out, int in) {
        String weight = writer.floats(name + ".weight", values(name + ".weight", out * in), out, in);
        return writer.node("Gemm", List.of(x, weight, vector(name + ".bias", out)), "alpha", 1f, "beta", 1f, "transB",
                1);
    }

    public String first() {
        return writer.node("Gather", List.of(hidden, writer.whole(0)), "axis", 1);
    }

    public String pooled() {
        return writer.node("Tanh", List.of(gemm("pooler.dense", first(), FEATURES, FEATURES)));
    }

    /** Adds the mean of the tokens' rows, made one of length 1. */
    public String meanNormalized() {
        String shown = writer.node("Cast", List.of(writer.node("Expand", List.of(
                writer.node("Unsqueeze", List.of("attention_mask", writer.wholes(-1))),
                writer.node("Shape", List.of(hidden))))), "to", 1);
        String sum = writer.node("ReduceSum", List.of(writer.node("Mul", List.of(hidden, shown)), writer.wholes(1)),
                "keepdims", 0);
        String counts = writer.node("Clip", List.of(writer.node("ReduceSum", List.of(shown, writer.wholes(1)),
                "keepdims", 0), writer.number(1e-9)));
        String mean = writer.node("Div", List.of(sum, counts));
        String length = writer.node("Clip", List.of(writer.node("ReduceL2", List.of(mean), "axes", new long[]{1},
                "keepdims", 1), writer.number(1e-12)));
        return writer.node("Div", List.of(mean, writer.node("Expand", List.of(length,
                writer.node("Shape", List.of(mean))))));
    }

    // ---------------------------------------------------------------- arithmetic on tokens

    private String unsqueezed(String value, long... axes) {
        return writer.node("Unsqueeze", List.of(value), "axes", axes);
    }

    private String addedMask() {
        String wide = writer.node("Cast", List.of(unsqueezed("attention_mask", 1, 2)), "to", 1);
        return writer.node("Mul", List.of(writer.node("Sub", List.of(writer.number(1), wide)),
                writer.number(-Float.MAX_VALUE)));
    }

    private String whereMask() {
        String hidden = writer.node("Equal", List.of("attention_mask", writer.whole(0)));
        String shape = writer.node("Concat", List.of(size("input_ids", 0), writer.wholes(1), writer.wholes(1),
                size("input_ids", 1)), "axis", 0);
        return writer.node("Reshape", List.of(hidden, shape));
    }

    private String size(String value, int axis) {
        String size = writer.node("Gather", List.of(writer.node("Shape", List.of(value)), writer.whole(axis)), "axis",
                0);
        return unsqueezed(size, 0);
    }

    private String places() {
        if (is(Form.COUNTED)) {
            String isToken = writer.node("Cast", List.of(writer.node("Not", List.of(
                    writer.node("Equal", List.of("input_ids", writer.whole(1)))))), "to", 7);
            String counted = writer.node("CumSum", List.of(isToken, writer.whole(1)));
            return writer.node("Add", List.of(writer.node("Mul", List.of(counted, isToken)), writer.whole(1)));
        }
        long[] all = new long[PLACES];
        Arrays.setAll(all, i -> i);
        String row = unsqueezed(writer.wholes(all), 0);
        return writer.node("Slice", List.of(row, writer.wholes(0), size("input_ids", 1), writer.wholes(1)));
    }

    private String embeddings() {
        String sum = table("embeddings.word_embeddings.weight", VOCABULARY, FEATURES, "input_ids");
        if (!is(Form.NO_TYPES)) {
            String types = is(Form.ZERO_TYPES)
                    ? writer.node("Mul", List.of("input_ids", writer.whole(0)))
                    : "token_type_ids";
            sum = writer.node("Add",
                    List.of(sum, table("embeddings.token_type_embeddings.weight", 2, FEATURES, types)));
        }
        return writer.node("Add",
                List.of(sum, table("embeddings.position_embeddings.weight", PLACES, FEATURES, places())));
    }

    private String relative() {
        String length = writer.node("Gather", List.of(writer.node("Shape", List.of("input_ids")), writer.whole(1)));
        String range = writer.node("Range", List.of(writer.whole(0), length, writer.whole(1)));
        String distance = writer.node("Sub", List.of(unsqueezed(range, 0), unsqueezed(range, 1)));
        String isAfter = writer.node("Cast", List.of(writer.node("Greater", List.of(distance, writer.whole(0)))), "to",
                7);
        String bucket = writer.node("Add", List.of(writer.node("Mul", List.of(isAfter, writer.whole(16))),
                writer.node("Abs", List.of(distance))));
        String biases = table("encoder.relative_attention_bias.weight", 32, HEADS, bucket);
        return unsqueezed(writer.node("Transpose", List.of(biases), "perm", new long[]{2, 0, 1}), 0);
    }

    // ---------------------------------------------------------------- layers

    private String norm(String name, String x) {
        float[] weight = values(name + ".weight", FEATURES);
        writer.floats(name + ".weight", weight, FEATURES);
        String bias = vector(name + ".bias", FEATURES);
        if (is(Form.FUSED_NORMS)) {
            return writer.node("LayerNormalization", List.of(x, name + ".weight", bias), "axis", -1, "epsilon", 1e-12f);
        }
        long[] last = {-1};
        String centred = writer.node("Sub", List.of(x, writer.node("ReduceMean", List.of(x), "axes", last)));
        String square = is(Form.OTHER_NORMS)
                ? writer.node("Mul", List.of(centred, centred))
                : writer.node("Pow", List.of(centred, writer.number(2)));
        String root = writer.node("Sqrt", List.of(writer.node("Add",
                List.of(writer.node("ReduceMean", List.of(square), "axes", last), writer.number(1e-12)))));
        String normed = is(Form.OTHER_NORMS)
                ? writer.node("Mul", List.of(centred, writer.node("Reciprocal", List.of(root))))
                : writer.node("Div", List.of(centred, root));
        return writer.node("Add", List.of(writer.node("Mul", List.of(normed, name + ".weight")), bias));
    }

    private String layer(String name, String h) {
        String attended = linear(name + "attention.output.dense", attention(name, h), FEATURES, FEATURES);
        String a = norm(name + "attention.output.LayerNorm", writer.node("Add", List.of(attended, h)));
        String inner = gelu(linear(name + "intermediate.dense", a, INTERMEDIATE, FEATURES));
        String out = linear(name + "output.dense", inner, FEATURES, INTERMEDIATE);
        return norm(name + "output.LayerNorm", writer.node("Add", List.of(out, a)));
    }

    private String heads(String x, long... order) {
        String shape = writer.node("Concat", List.of(size(x, 0), size(x, 1), writer.wholes(HEADS),
                writer.wholes(FEATURES / HEADS)), "axis", 0);
        return writer.node("Transpose", List.of(writer.node("Reshape", List.of(x, shape))), "perm", order);
    }

    private String attention(String name, String h) {
        String query = heads(linear(name + "attention.self.query", h, FEATURES, FEATURES), 0, 2, 1, 3);
        String key = heads(linear(name + "attention.self.key", h, FEATURES, FEATURES), 0, 2, 3, 1);
        String value = heads(linear(name + "attention.self.value", h, FEATURES, FEATURES), 0, 2, 1, 3);
        String shares = writer.node("Softmax", List.of(masked(scores(query, key))), "axis", 3);
        String context = writer.node("Transpose", List.of(writer.node("MatMul", List.of(shares, value))), "perm",
                new long[]{0, 2, 1, 3});
        String shape = writer.node("Concat", List.of(size(context, 0), size(context, 1), writer.wholes(FEATURES)),
                "axis", 0);
        return writer.node("Reshape", List.of(context, shape));
    }

    private String scores(String query, String key) {
        double root = Math.sqrt(FEATURES / HEADS);
        if (is(Form.SCALED_BEFORE)) {
            String factor = writer.node("Sqrt", List.of(writer.number(1 / root)));
            return writer.node("MatMul", List.of(writer.node("Mul", List.of(query, factor)),
                    writer.node("Mul", List.of(key, factor))));
        }
        if (is(Form.WHERE_MASK)) {
            return writer.node("MatMul", List.of(writer.node("Div", List.of(query, writer.number(root))), key));
        }
        return writer.node("Div", List.of(writer.node("MatMul", List.of(query, key)), writer.number(root)));
    }

    private String masked(String scores) {
        if (is(Form.WHERE_MASK)) {
            String hidden = writer.node("Expand", List.of(mask, writer.node("Shape", List.of(scores))));
            return writer.node("Where", List.of(hidden, writer.number(-Float.MAX_VALUE), scores));
        }
        String biased = relative == null ? scores : writer.node("Add", List.of(scores, relative));
        return writer.node("Add", List.of(biased, mask));
    }

    String gelu(String x) {
        if (is(Form.FUSED_GELU)) {
            return writer.node("Gelu", List.of(x));
        }
        if (is(Form.TANH_GELU)) {
            String cube = writer.node("Mul", List.of(writer.node("Pow", List.of(x, writer.number(3))),
                    writer.number(0.044715)));
            String inner = writer.node("Mul",
                    List.of(writer.node("Add", List.of(x, cube)), writer.number(0.7978845608)));
            String twice = writer.node("Add", List.of(writer.node("Tanh", List.of(inner)), writer.number(1)));
            return writer.node("Mul", List.of(writer.node("Mul", List.of(x, writer.number(0.5))), twice));
        }
        String erf = writer.node("Erf", List.of(writer.node("Div", List.of(x, writer.number(1.4142135)))));
        String twice = writer.node("Add", List.of(erf, writer.number(1)));
        return writer.node("Mul", List.of(writer.node("Mul", List.of(x, twice)), writer.number(0.5)));
    }
}
