package io.lanewise.importers.onnx;

import java.util.ArrayList;
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
    private static final String RELATIVE_TABLE = "encoder.relative_attention_bias.weight";
    private static final int FARTHEST = 130;

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
        /** One table of biases by bucket of distance. */
        RELATIVE,
        /** As that, but with a row for each distance. */
        DISTANCES,
        /** A mask that is expanded, cast, and written over where it is not 0, as transformers does before attention in one call. */
        EXPANDED_MASK,
        /** A mask of truths that becomes 0 and minus infinity, and a guard against rows of it alone. */
        TRUTH_MASK,
        /** A mask that is subtracted. */
        SUBTRACTED_MASK,
        /** No mask, neither input nor arithmetic. */
        NO_MASK,
        /** Keys that are turned as one list of heads, as the newer exporter does. */
        LISTED_KEYS,
        /** Linear layers on one list of rows. */
        FLAT_LINEAR,
        /** Axes as inputs. */
        AXES_AS_INPUTS,
        /** Norms with powers of a half, and activations with divisions. */
        POWERS,
        /** Weights in nodes instead of initializers. */
        CONSTANT_NODES,
        /** Weights and numbers of 16 bits, norms in 32. */
        HALF,
        /** Rows that are quantized and back, weights by output. */
        QUANTIZED_ROWS,
        /** Attention as one node of ONNX. */
        ATTENTION,
        /** Attention as one node of ONNX, on heads. */
        ATTENTION_OF_HEADS,
        /** What ONNX Runtime's optimizer writes. */
        RUNTIME,
        /** As that, with queries, keys and values apart. */
        RUNTIME_HEADS,
        /** As that of the optimizer, with attention of whole numbers. */
        RUNTIME_QUANTIZED,
        /** Products that are transposed and scaled in one, a softmax that adds its mask. */
        RUNTIME_PRODUCTS,
        /** Products of whole numbers that are floats again, in one node or two. */
        RUNTIME_INTEGERS,
        /** As Lanewise's bench writes graphs: a table of places is cut, one row of types, padding as truths. */
        TRANSLATED,
        /** As that, places behind the padding's id. */
        TRANSLATED_COUNTED,
        /** Weights as whole numbers. */
        INTEGERS
    }

    private final GraphWriter writer = new GraphWriter();
    private final Map<String, float[]> given;
    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private final Random random = new Random(20);
    private final List<Form> forms;
    private int anonymous;
    private String mask;
    private String relative;
    private String hidden;

    public TinyEncoder(Form... forms) {
        this(Map.of(), forms);
    }

    /** Writes it with another's weights, by the names of BERT's files. */
    public TinyEncoder(Map<String, float[]> given, Form... forms) {
        this.given = given;
        this.forms = List.of(forms);
        writer.input("input_ids");
        if (!is(Form.NO_MASK)) {
            writer.input(isTranslated() ? "input_ids_padding" : "attention_mask");
        }
        if (!isTranslated() && !is(Form.NO_TYPES) && !is(Form.ZERO_TYPES)) {
            writer.input("token_type_ids");
        }
        mask = mask();
        relative = is(Form.RELATIVE) ? relative() : is(Form.DISTANCES) ? distances() : null;
        hidden = isRuntime() ? fusedEmbeddings() : norm("embeddings.LayerNorm", embeddings());
        for (int i = 0; i < LAYERS; i++) {
            hidden = layer("encoder.layer." + i + ".", hidden);
        }
    }

    private boolean is(Form form) {
        return forms.contains(form);
    }

    private boolean isTranslated() {
        return is(Form.TRANSLATED) || is(Form.TRANSLATED_COUNTED);
    }

    private boolean isRuntime() {
        return is(Form.RUNTIME) || is(Form.RUNTIME_HEADS) || is(Form.RUNTIME_QUANTIZED);
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
        return writer.model(opset());
    }

    private int opset() {
        if (is(Form.ATTENTION) || is(Form.ATTENTION_OF_HEADS)) {
            return 23;
        }
        return is(Form.FUSED_GELU) ? 20 : is(Form.AXES_AS_INPUTS) ? 18 : is(Form.FUSED_NORMS) || isRuntime() ? 17 : 12;
    }

    // ---------------------------------------------------------------- weights

    public float[] values(String name, int count) {
        if (given.containsKey(name)) {
            weights.put(name, given.get(name));
            return given.get(name);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = isWhole(name) ? (random.nextInt(200) - 100) * 0.25f : (float) random.nextGaussian();
        }
        for (int i = 0; is(Form.HALF) && i < count; i++) {
            values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        weights.put(name, values);
        return values;
    }

    /** Says whether a weight is stored as whole numbers. */
    private boolean isWhole(String name) {
        boolean isMatrix = name.endsWith(".weight") && !name.contains("LayerNorm");
        return (is(Form.INTEGERS) || is(Form.QUANTIZED_ROWS) || is(Form.RUNTIME_INTEGERS)) && isMatrix
                || is(Form.RUNTIME_QUANTIZED) && name.contains("attention.self") && isMatrix;
    }

    private String stored(String name, float[] values, long... shape) {
        if (is(Form.HALF)) {
            return writer.halfs(name, values, shape);
        }
        return is(Form.CONSTANT_NODES) ? writer.constant(name, values, shape) : writer.floats(name, values, shape);
    }

    private String number(double value) {
        return is(Form.HALF) ? writer.half(value) : writer.number(value);
    }

    private String vector(String name, int size) {
        return stored(name, values(name, size), size);
    }

    private String table(String name, int rows, int columns, String index) {
        float[] values = values(name, rows * columns);
        if (!is(Form.INTEGERS)) {
            return writer.node("Gather", List.of(stored(name, values, rows, columns), index));
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
        if (is(Form.RUNTIME_INTEGERS)) {
            return fusedIntegers(name, x, weight, out, in);
        }
        if (is(Form.FLAT_LINEAR)) {
            return flatLinear(name, x, weight, out, in);
        }
        if (is(Form.QUANTIZED_ROWS)) {
            return quantizedRows(name, x, weight, out, in);
        }
        String product;
        if (is(Form.TRANSPOSES)) {
            String stored = stored(name + ".weight", weight, out, in);
            product = writer.node("MatMul", List.of(x, writer.node("Transpose", List.of(stored), "perm",
                    new long[]{1, 0})));
        } else {
            product = writer.node("MatMul", List.of(x, transposed(weight, out, in)));
        }
        return writer.node("Add", List.of(vector(name + ".bias", out), product));
    }

    private String transposed(float[] weight, int out, int in) {
        float[] transposed = new float[out * in];
        for (int i = 0; i < out * in; i++) {
            transposed[i % in * out + i / in] = weight[i];
        }
        return stored("onnx::MatMul_" + ++anonymous, transposed, in, out);
    }

    private String flatLinear(String name, String x, float[] weight, int out, int in) {
        String rows = writer.node("Reshape", List.of(x, writer.wholes(-1, in)));
        String product = writer.node("Gemm", List.of(rows, stored(name + ".weight", weight, out, in),
                vector(name + ".bias", out)), "transB", 1);
        String shape = writer.node("Concat", List.of(size("input_ids", 0), size("input_ids", 1), writer.wholes(out)),
                "axis", 0);
        return writer.node("Reshape", List.of(product, shape));
    }

    /** Every output has its own scale. */
    private String quantizedRows(String name, String x, float[] weight, int out, int in) {
        String scale = writer.floats(name + ".x_scale", new float[]{0.1f});
        String zero = writer.bytes(name + ".x_zero", 2, new int[]{128});
        String rows = writer.node("DequantizeLinear",
                List.of(writer.node("QuantizeLinear", List.of(x, scale, zero)), scale, zero));
        int[] bytes = new int[out * in];
        float[] scales = new float[out];
        for (int i = 0; i < out * in; i++) {
            bytes[i] = Math.round(weight[i] * 4);
            scales[i / in] = 0.25f;
        }
        String stored = writer.node("DequantizeLinear", List.of(writer.bytes(name + ".weight_q", 3, bytes, out, in),
                writer.floats(name + ".weight_scale", scales, out)), "axis", 0);
        String product = writer.node("MatMul", List.of(rows,
                writer.node("Transpose", List.of(stored), "perm", new long[]{1, 0})));
        return writer.node("Add", List.of(product, vector(name + ".bias", out)));
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
        return is(Form.AXES_AS_INPUTS)
                ? writer.node("Unsqueeze", List.of(value, writer.wholes(axes)))
                : writer.node("Unsqueeze", List.of(value), "axes", axes);
    }

    private String mask() {
        if (is(Form.NO_MASK)) {
            return null;
        }
        if (isTranslated()) {
            return unsqueezed(writer.node("Where", List.of("input_ids_padding",
                    writer.number(Float.NEGATIVE_INFINITY), writer.number(0))), 1, 2);
        }
        if (is(Form.WHERE_MASK)) {
            return whereMask();
        }
        if (is(Form.EXPANDED_MASK)) {
            return expandedMask();
        }
        if (is(Form.TRUTH_MASK)) {
            return writer.node("Cast", List.of(unsqueezed("attention_mask", 1, 2)), "to", 9);
        }
        return addedMask();
    }

    private String expandedMask() {
        String shape = writer.node("Concat", List.of(size("input_ids", 0), writer.wholes(1), size("input_ids", 1),
                size("input_ids", 1)), "axis", 0);
        String isLeftOpen = writer.node("Equal", List.of(shape, writer.wholes(-1, -1, -1, -1)));
        String ones = writer.node("ConstantOfShape", List.of(writer.wholes(4)), "value",
                ai.onnx.proto.OnnxMl.TensorProto.newBuilder().setDataType(7).addDims(1).addInt64Data(1).build());
        String whole = writer.node("Expand", List.of(unsqueezed("attention_mask", 1, 2),
                writer.node("Where", List.of(isLeftOpen, ones, shape))));
        String inverted = writer.node("Sub",
                List.of(writer.number(1), writer.node("Cast", List.of(whole), "to", 1)));
        return writer.node("Where", List.of(writer.node("Cast", List.of(inverted), "to", 9),
                writer.number(-Float.MAX_VALUE), inverted));
    }

    private String addedMask() {
        String wide = writer.node("Cast", List.of(unsqueezed("attention_mask", 1, 2)), "to", 1);
        double lowest = is(Form.HALF) ? -65504 : is(Form.SUBTRACTED_MASK) ? 10000 : -Float.MAX_VALUE;
        return writer.node("Mul", List.of(writer.node("Sub", List.of(writer.number(1), wide)),
                writer.number(lowest)));
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
        if (isTranslated()) {
            return cutEmbeddings(sum);
        }
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

    private String cutEmbeddings(String words) {
        String type = "embeddings.token_type_embeddings.weight";
        String places = "embeddings.position_embeddings.weight";
        String sum = writer.node("Add", List.of(words, stored(type, values(type, FEATURES), FEATURES)));
        long first = is(Form.TRANSLATED_COUNTED) ? 2 : 0;
        String length = writer.node("Slice", List.of(writer.node("Shape", List.of("input_ids")), writer.wholes(1),
                writer.wholes(2)));
        String end = first == 0 ? length : writer.node("Add", List.of(length, writer.wholes(first)));
        return writer.node("Add", List.of(sum, writer.node("Slice",
                List.of(stored(places, values(places, PLACES * FEATURES), PLACES, FEATURES), writer.wholes(first), end,
                        writer.wholes(0)))));
    }

    private String distance() {
        String length = writer.node("Gather", List.of(writer.node("Shape", List.of("input_ids")), writer.whole(1)));
        String range = writer.node("Range", List.of(writer.whole(0), length, writer.whole(1)));
        return writer.node("Sub", List.of(unsqueezed(range, 0), unsqueezed(range, 1)));
    }

    private String distances() {
        float[] buckets = values(RELATIVE_TABLE, Trials.BUCKETS * HEADS);
        Arrays.fill(buckets, 16 * HEADS, 17 * HEADS, 0); // of no distance: 0 is among those behind a query
        float[] table = new float[(2 * FARTHEST + 1) * HEADS];
        for (int row = 0; row <= 2 * FARTHEST; row++) {
            System.arraycopy(buckets, Trials.bucket(row - FARTHEST) * HEADS, table, row * HEADS, HEADS);
        }
        String index = writer.node("Add", List.of(distance(), writer.whole(FARTHEST)));
        String biases = writer.node("Gather",
                List.of(writer.floats("distances", table, 2 * FARTHEST + 1, HEADS), index));
        return unsqueezed(writer.node("Transpose", List.of(biases), "perm", new long[]{2, 0, 1}), 0);
    }

    private String relative() {
        String distance = distance();
        String isAfter = writer.node("Cast", List.of(writer.node("Greater", List.of(distance, writer.whole(0)))), "to",
                7);
        String n = writer.node("Abs", List.of(distance));
        String share = writer.node("Div", List.of(writer.node("Log", List.of(writer.node("Div",
                List.of(writer.node("Cast", List.of(n), "to", 1), writer.number(8))))), writer.number(Math.log(16))));
        String far = writer.node("Add", List.of(writer.node("Cast",
                List.of(writer.node("Mul", List.of(share, writer.number(8)))), "to", 7), writer.whole(8)));
        String isNear = writer.node("Less", List.of(n, writer.whole(8)));
        String cut = writer.node("Min", List.of(far, writer.whole(15)));
        String bucket = writer.node("Add", List.of(writer.node("Mul", List.of(isAfter, writer.whole(16))),
                writer.node("Where", List.of(isNear, n, cut))));
        String biases = table(RELATIVE_TABLE, 32, HEADS, bucket);
        return unsqueezed(writer.node("Transpose", List.of(biases), "perm", new long[]{2, 0, 1}), 0);
    }

    // ---------------------------------------------------------------- layers

    public String norm(String name, String x) {
        if (is(Form.HALF)) {
            return halfNorm(name, x);
        }
        String stored = vector(name + ".weight", FEATURES);
        String bias = vector(name + ".bias", FEATURES);
        if (is(Form.FUSED_NORMS)) {
            return writer.node("LayerNormalization", List.of(x, stored, bias), "axis", -1, "epsilon", 1e-12f);
        }
        String centred = writer.node("Sub", List.of(x, mean(x)));
        String square = is(Form.OTHER_NORMS)
                ? writer.node("Mul", List.of(centred, centred))
                : writer.node("Pow", List.of(centred, writer.number(2)));
        String variance = writer.node("Add", List.of(mean(square), writer.number(1e-12)));
        return writer.node("Add", List.of(writer.node("Mul", List.of(divided(centred, variance), stored)), bias));
    }

    private String divided(String centred, String variance) {
        if (is(Form.POWERS)) {
            return writer.node("Mul", List.of(centred, writer.node("Pow", List.of(variance, writer.number(-0.5)))));
        }
        String root = writer.node("Sqrt", List.of(variance));
        return is(Form.OTHER_NORMS)
                ? writer.node("Mul", List.of(centred, writer.node("Reciprocal", List.of(root))))
                : writer.node("Div", List.of(centred, root));
    }

    private String mean(String x) {
        return is(Form.AXES_AS_INPUTS)
                ? writer.node("ReduceMean", List.of(x, writer.wholes(-1)))
                : writer.node("ReduceMean", List.of(x), "axes", new long[]{-1});
    }

    /** Norms keep their 32 bits: rows are cast there and back. */
    private String halfNorm(String name, String x) {
        String wide = writer.node("Cast", List.of(x), "to", 1);
        String normed = writer.node("LayerNormalization", List.of(wide,
                writer.floats(name + ".weight", values(name + ".weight", FEATURES), FEATURES),
                writer.floats(name + ".bias", values(name + ".bias", FEATURES), FEATURES)), "epsilon", 1e-12f);
        return writer.node("Cast", List.of(normed), "to", 10);
    }

    private String layer(String name, String h) {
        if (isRuntime()) {
            return fusedLayer(name, h);
        }
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
        String query = linear(name + "attention.self.query", h, FEATURES, FEATURES);
        String key = linear(name + "attention.self.key", h, FEATURES, FEATURES);
        String value = linear(name + "attention.self.value", h, FEATURES, FEATURES);
        if (is(Form.ATTENTION)) {
            return writer.node("Attention", List.of(query, key, value, mask), "q_num_heads", HEADS, "kv_num_heads",
                    HEADS);
        }
        String values = heads(value, 0, 2, 1, 3);
        if (is(Form.ATTENTION_OF_HEADS)) {
            return merged(writer.node("Attention",
                    List.of(heads(query, 0, 2, 1, 3), heads(key, 0, 2, 1, 3), values, mask)));
        }
        if (is(Form.RUNTIME_PRODUCTS)) {
            String scaled = writer.node(RUNTIME + "FusedMatMul",
                    List.of(heads(query, 0, 2, 1, 3), heads(key, 0, 2, 1, 3)), "transB", 1, "alpha",
                    (float) Math.sqrt(1.0 / (FEATURES / HEADS)));
            String soft = writer.node(RUNTIME + "BiasSoftmax", List.of(scaled, mask), "axis", 3,
                    "is_inner_broadcast", 0);
            return merged(writer.node("MatMul", List.of(soft, values)));
        }
        String keys = is(Form.LISTED_KEYS) ? listedKeys(key) : heads(key, 0, 2, 3, 1);
        String shares = writer.node("Softmax", List.of(masked(scores(heads(query, 0, 2, 1, 3), keys))), "axis", 3);
        if (is(Form.TRUTH_MASK)) {
            shares = writer.node("Where",
                    List.of(writer.node("IsNaN", List.of(shares)), writer.number(0), shares));
        }
        return merged(writer.node("MatMul", List.of(shares, values)));
    }

    private String listedKeys(String key) {
        String split = heads(key, 0, 2, 1, 3);
        String list = writer.node("Reshape", List.of(split, writer.node("Concat",
                List.of(writer.wholes(-1), size("input_ids", 1), writer.wholes(FEATURES / HEADS)), "axis", 0)));
        String turned = writer.node("Transpose", List.of(list), "perm", new long[]{0, 2, 1});
        return writer.node("Reshape", List.of(turned, writer.node("Concat", List.of(size("input_ids", 0),
                writer.wholes(HEADS), writer.wholes(FEATURES / HEADS), size("input_ids", 1)), "axis", 0)));
    }

    private String merged(String heads) {
        String context = writer.node("Transpose", List.of(heads), "perm", new long[]{0, 2, 1, 3});
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
        return writer.node("Div", List.of(writer.node("MatMul", List.of(query, key)), number(root)));
    }

    private String masked(String scores) {
        if (is(Form.WHERE_MASK)) {
            String hidden = writer.node("Expand", List.of(mask, writer.node("Shape", List.of(scores))));
            return writer.node("Where", List.of(hidden, writer.number(-Float.MAX_VALUE), scores));
        }
        if (is(Form.TRUTH_MASK)) {
            return writer.node("Where", List.of(mask, scores, writer.number(Float.NEGATIVE_INFINITY)));
        }
        if (is(Form.SUBTRACTED_MASK)) {
            return writer.node("Sub", List.of(scores, mask));
        }
        String biased = relative == null ? scores : writer.node("Add", List.of(scores, relative));
        return mask == null ? biased : writer.node("Add", List.of(biased, mask));
    }

    public String gelu(String x) {
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
        if (is(Form.POWERS)) {
            String erf = writer.node("Erf", List.of(writer.node("Mul", List.of(x, writer.number(Math.sqrt(0.5))))));
            String twice = writer.node("Add", List.of(writer.number(1), erf));
            return writer.node("Div", List.of(writer.node("Mul", List.of(x, twice)), writer.number(2)));
        }
        String erf = writer.node("Erf", List.of(writer.node("Div", List.of(x, number(1.4142135)))));
        String twice = writer.node("Add", List.of(erf, number(1)));
        return writer.node("Mul", List.of(writer.node("Mul", List.of(x, twice)), number(0.5)));
    }

    // ---------------------------------------------------------------- what ONNX Runtime's optimizer writes

    private static final String RUNTIME = "com.microsoft.";

    /** The first layers of a block in one node, those behind an activation in two. */
    private String fusedIntegers(String name, String x, float[] weight, int out, int in) {
        int[] bytes = new int[out * in];
        for (int i = 0; i < out * in; i++) {
            bytes[i % in * out + i / in] = Math.round(weight[i] * 4);
        }
        String stored = writer.bytes(name + ".weight_quantized", 3, bytes, in, out);
        float[] scales = new float[out];
        Arrays.fill(scales, 0.25f);
        String scale = writer.floats(name + ".weight_scale", scales, out);
        String zero = writer.bytes(name + ".weight_zero", 3, new int[out], out);
        String bias = vector(name + ".bias", out);
        if (name.contains("self")) {
            return writer.node(RUNTIME + "DynamicQuantizeMatMul", List.of(x, stored, scale, zero, bias));
        }
        String[] quantized = writer.nodes("DynamicQuantizeLinear", 3, List.of(x));
        return writer.node(RUNTIME + "MatMulIntegerToFloat",
                List.of(quantized[0], stored, quantized[1], scale, quantized[2], zero, bias));
    }

    private String fusedEmbeddings() {
        List<String> inputs = new ArrayList<>(List.of("input_ids", "token_type_ids"));
        String words = "embeddings.word_embeddings.weight";
        String places = "embeddings.position_embeddings.weight";
        String types = "embeddings.token_type_embeddings.weight";
        inputs.add(stored(words, values(words, VOCABULARY * FEATURES), VOCABULARY, FEATURES));
        inputs.add(stored(places, values(places, PLACES * FEATURES), PLACES, FEATURES));
        inputs.add(stored(types, values(types, 2 * FEATURES), 2, FEATURES));
        inputs.add(vector("embeddings.LayerNorm.weight", FEATURES));
        inputs.add(vector("embeddings.LayerNorm.bias", FEATURES));
        inputs.add(writer.node("Cast", List.of("attention_mask"), "to", 6));
        String[] made = writer.nodes(RUNTIME + "EmbedLayerNormalization", 2, inputs);
        mask = is(Form.RUNTIME_HEADS) ? inputs.getLast() : made[1]; // a number for each row, or for each text
        return made[0];
    }

    private String fusedLayer(String name, String h) {
        String attended = fusedAttention(name + "attention.self.", h);
        String a = fusedNorm(name + "attention.output.", "dense", attended, h, FEATURES);
        String inner = name + "intermediate.dense";
        String product = writer.node("MatMul",
                List.of(a, transposed(values(inner + ".weight", INTERMEDIATE * FEATURES), INTERMEDIATE, FEATURES)));
        String gelu = writer.node(RUNTIME + (is(Form.TANH_GELU) ? "FastGelu" : "BiasGelu"),
                List.of(product, vector(inner + ".bias", INTERMEDIATE)));
        return fusedNorm(name + "output.", "dense", gelu, a, INTERMEDIATE);
    }

    /** The bias of the linear layer before it is the norm's. */
    private String fusedNorm(String name, String dense, String x, String h, int in) {
        String product = writer.node("MatMul", List.of(x,
                transposed(values(name + dense + ".weight", FEATURES * in), FEATURES, in)));
        return writer.node(RUNTIME + "SkipLayerNormalization",
                List.of(product, h, vector(name + "LayerNorm.weight", FEATURES),
                        vector(name + "LayerNorm.bias", FEATURES), vector(name + dense + ".bias", FEATURES)),
                "epsilon", 1e-12f);
    }

    private String fusedAttention(String name, String h) {
        float[] weight = new float[FEATURES * 3 * FEATURES];
        float[] bias = new float[3 * FEATURES];
        List<String> products = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            String linear = name + List.of("query", "key", "value").get(part);
            float[] own = values(linear + ".weight", FEATURES * FEATURES);
            for (int i = 0; i < own.length; i++) {
                weight[i % FEATURES * 3 * FEATURES + part * FEATURES + i / FEATURES] = own[i];
            }
            System.arraycopy(values(linear + ".bias", FEATURES), 0, bias, part * FEATURES, FEATURES);
            products.add(is(Form.RUNTIME_HEADS)
                    ? writer.node("MatMul", List.of(h, transposed(own, FEATURES, FEATURES)))
                    : h);
        }
        String biases = stored(name + "qkv_bias", bias, 3 * FEATURES);
        if (is(Form.RUNTIME_HEADS)) {
            products.add(biases);
            products.add(mask);
            return writer.node(RUNTIME + "MultiHeadAttention", products, "num_heads", HEADS);
        }
        if (is(Form.RUNTIME_QUANTIZED)) {
            return quantizedAttention(name, h, weight, biases);
        }
        return writer.node(RUNTIME + "Attention",
                List.of(h, stored(name + "qkv_weight", weight, FEATURES, 3 * FEATURES), biases, mask), "num_heads",
                HEADS);
    }

    private String quantizedAttention(String name, String h, float[] weight, String biases) {
        int[] bytes = new int[weight.length];
        Arrays.setAll(bytes, i -> Math.round(weight[i] * 4));
        String[] rows = writer.nodes("DynamicQuantizeLinear", 3, List.of(h));
        return writer.node(RUNTIME + "QAttention",
                List.of(rows[0], writer.bytes(name + "qkv_quantized", 3, bytes, FEATURES, 3 * FEATURES), biases,
                        rows[1], writer.floats(name + "qkv_scale", new float[]{0.25f}), mask, rows[2],
                        writer.bytes(name + "qkv_zero", 3, new int[]{0})),
                "num_heads", HEADS);
    }
}
