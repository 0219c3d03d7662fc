package io.lanewise.bench.peers.graph;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;

import static io.lanewise.bench.peers.graph.OnnxNodes.integer;
import static io.lanewise.bench.peers.graph.OnnxNodes.ints;
import static io.lanewise.bench.peers.graph.OnnxNodes.number;
import static io.lanewise.bench.peers.graph.OnnxNodes.text;

/** Writes a graph as an ONNX model, in the forms that ONNX Runtime's optimizer knows how to fuse. */
public final class OnnxTranslator extends GraphTranslator<String> {

    private record Transposed(Constant weight) {}

    private record Row(Constant table, int row) {}

    private record Filled(float value, int size) {}

    private static final long INT32 = 6; // among ONNX's types
    private static final long INT64 = 7; // likewise

    private final OnnxNodes nodes = new OnnxNodes();

    private final Set<String> paddings = new HashSet<>();

    private OnnxTranslator() {}

    /** Returns the bytes of a model whose inputs are those of the graph, then {@code NAME_padding} where it is read. */
    public static byte[] modelOf(Graph graph) {
        OnnxTranslator translator = new OnnxTranslator();
        translator.translate(graph);
        return translator.nodes.toBytes();
    }

    @Override
    protected String input(String name, int features) {
        nodes.input(name, DataType.FLOAT, 0, 0, features);
        return name;
    }

    @Override
    protected String tokens(String name) {
        nodes.input(name, DataType.INT64, 0, 0);
        return name;
    }

    @Override
    protected String rows(Constant table, String ids) {
        return nodes.add("Gather", List.of(matrix(table), ids), integer("axis", 0));
    }

    @Override
    protected String firstRows(Constant table, int first, String ids) {
        String tokens = nodes.add("Slice", List.of(nodes.add("Shape", List.of(ids)), nodes.longs(1L), nodes.longs(2L)));
        String past = first == 0 ? tokens : nodes.add("Add", List.of(tokens, nodes.longs((long) first)));
        return nodes.add("Slice", List.of(matrix(table), nodes.longs((long) first), past, nodes.longs(0L)));
    }

    @Override
    protected String countedRows(Constant table, int padding, String ids) {
        String isPadding = nodes.add("Equal", List.of(ids, nodes.integer(padding)));
        String counts = nodes.add("Cast", List.of(nodes.add("Not", List.of(isPadding))), integer("to", INT64));
        String places = nodes.add("Mul", List.of(nodes.add("CumSum", List.of(counts, nodes.integer(1))), counts));
        return rows(table, add(places, nodes.integer(padding)));
    }

    @Override
    protected String row(Constant table, int row) {
        int columns = ((Shape.Matrix) table.shape()).columns();
        float[] values = Arrays.copyOfRange(table.values(), row * columns, (row + 1) * columns);
        return nodes.floats(new Row(table, row), values, columns);
    }

    @Override
    protected String first(String x) {
        return nodes.add("Gather", List.of(x, nodes.integer(0)), integer("axis", 1));
    }

    private String matrix(Constant table) {
        Shape.Matrix shape = (Shape.Matrix) table.shape();
        return nodes.floats(table, table.values(), shape.rows(), shape.columns());
    }

    @Override
    protected String padding(String input) {
        String name = input + PADDING;
        if (paddings.add(name)) {
            nodes.input(name, DataType.BOOL, 0, 0);
        }
        return name;
    }

    @Override
    protected String linear(String x, Constant weight, Constant bias) {
        Shape.Matrix shape = (Shape.Matrix) weight.shape();
        float[] values = transpose(weight.values(), shape.rows(), shape.columns());
        String product = nodes.add("MatMul",
                List.of(x, nodes.floats(new Transposed(weight), values, shape.columns(), shape.rows())));
        return bias == null ? product : add(product, vector(bias));
    }

    private static float[] transpose(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = matrix[row * columns + column];
            }
        }
        return transposed;
    }

    @Override
    protected String split(String x, Shape.Rows heads) {
        long count = heads.heads();
        long size = heads.headDim();
        if (heads.split() == HeadSplit.RESHAPED) {
            return nodes.add("Reshape", List.of(x, nodes.longs(0L, count, -1L, size)));
        }
        String reshaped = nodes.add("Reshape", List.of(x, nodes.longs(0L, 0L, count, size)));
        return nodes.add("Transpose", List.of(reshaped), ints("perm", 0, 2, 1, 3));
    }

    @Override
    protected String merge(String x, int features, HeadSplit split) {
        if (split == HeadSplit.RESHAPED) {
            return nodes.add("Reshape", List.of(x, nodes.longs(0L, -1L, (long) features)));
        }
        String rows = nodes.add("Transpose", List.of(x), ints("perm", 0, 2, 1, 3));
        return nodes.add("Reshape", List.of(rows, nodes.longs(0L, 0L, (long) features)));
    }

    // Transposes and scales become attributes of ONNX Runtime's FusedMatMul.
    @Override
    protected String scores(String queries, String keys, double scale, boolean hasHeads) {
        String product = nodes.add("MatMul", List.of(queries, transpose(keys, hasHeads)));
        return scale == 1 ? product : nodes.add("Mul", List.of(product, scalar((float) scale)));
    }

    @Override
    protected String biased(String scores, Constant diagonals) {
        Shape.Matrix shape = (Shape.Matrix) diagonals.shape();
        String keys = nodes.add("Gather", List.of(nodes.add("Shape", List.of(scores)), nodes.integer(3)));
        String places = nodes.add("Range", List.of(nodes.integer(0), keys, nodes.integer(1)));
        String distances = nodes.add("Sub", List.of(nodes.add("Unsqueeze", List.of(places, nodes.longs(0L))),
                nodes.add("Unsqueeze", List.of(places, nodes.longs(1L)))));
        float[] table = transpose(diagonals.values(), shape.rows(), shape.columns());
        String bias = nodes.add("Gather",
                List.of(nodes.floats(new Transposed(diagonals), table, shape.columns(), shape.rows()),
                        add(distances, nodes.integer(shape.columns() / 2))),
                integer("axis", 0));
        String ofHeads = nodes.add("Transpose", List.of(bias), ints("perm", 2, 0, 1));
        return add(scores, nodes.add("Unsqueeze", List.of(ofHeads, nodes.longs(0L))));
    }

    @Override
    protected String transpose(String x, boolean hasHeads) {
        return nodes.add("Transpose", List.of(x), hasHeads ? ints("perm", 0, 1, 3, 2) : ints("perm", 0, 2, 1));
    }

    @Override
    protected String softmax(String scores, String keyPadding, String queryPadding, boolean hasHeads) {
        String masked = keyPadding == null ? scores : add(scores, keyBias(keyPadding, hasHeads));
        String attention = nodes.add("Softmax", List.of(masked), integer("axis", -1));
        return queryPadding == null
                ? attention
                : nodes.add("Mul", List.of(attention, queryFactor(queryPadding, hasHeads)));
    }

    /** 0 where a key counts, −∞ where it is padding. */
    private String keyBias(String padding, boolean hasHeads) {
        String bias = nodes.add("Where", List.of(padding, scalar(Float.NEGATIVE_INFINITY), scalar(0)));
        return nodes.add("Unsqueeze", List.of(bias, hasHeads ? nodes.longs(1L, 2L) : nodes.longs(1L)));
    }

    /** 1 where a query counts, 0 where it is padding. */
    private String queryFactor(String padding, boolean hasHeads) {
        String factor = nodes.add("Where", List.of(padding, scalar(0), scalar(1)));
        return nodes.add("Unsqueeze", List.of(factor, hasHeads ? nodes.longs(1L, 3L) : nodes.longs(2L)));
    }

    // ---------------------------------------------------------------- the whole model

    @Override
    protected BothWays<String> bothWays(String x, String padding, List<Constant> forward, List<Constant> reverse) {
        int hidden = ((Shape.Matrix) forward.get(1).shape()).columns();
        String valid = nodes.add("Cast", List.of(nodes.add("Not", List.of(padding))), integer("to", INT32));
        String lengths = nodes.add("ReduceSum", List.of(valid, nodes.longs(1L)), integer("keepdims", 0));
        List<String> results = nodes.addAll("GRU", List.of(nodes.add("Transpose", List.of(x), ints("perm", 1, 0, 2)),
                gates(hidden, forward.get(0), reverse.get(0)), gates(hidden, forward.get(1), reverse.get(1)),
                biases(hidden, forward, reverse), lengths), 2, text("direction", "bidirectional"),
                integer("hidden_size", hidden), integer("linear_before_reset", 1));
        String states = nodes.add("Reshape",
                List.of(nodes.add("Transpose", List.of(results.get(0)), ints("perm", 2, 0, 1, 3)),
                        nodes.longs(0L, 0L, 2L * hidden)));
        return new BothWays<>(states, last(results.get(1), 0), last(results.get(1), 1));
    }

    private String last(String states, int direction) {
        return nodes.add("Gather", List.of(states, nodes.integer(direction)), integer("axis", 0));
    }

    private String gates(int hidden, Constant forward, Constant reverse) {
        int columns = ((Shape.Matrix) forward.shape()).columns();
        float[] both = new float[2 * 3 * hidden * columns];
        gates(forward.values(), both, 0, hidden * columns);
        gates(reverse.values(), both, 3 * hidden * columns, hidden * columns);
        return nodes.floats(List.of(forward, reverse), both, 2, 3L * hidden, columns);
    }

    private String biases(int hidden, List<Constant> forward, List<Constant> reverse) {
        float[] all = new float[2 * 6 * hidden];
        gates(forward.get(2).values(), all, 0, hidden);
        gates(forward.get(3).values(), all, 3 * hidden, hidden);
        gates(reverse.get(2).values(), all, 6 * hidden, hidden);
        gates(reverse.get(3).values(), all, 9 * hidden, hidden);
        return nodes.floats(List.of(forward.get(2), reverse.get(2)), all, 2, 6L * hidden);
    }

    /** PyTorch has the gates r, z, n; ONNX has z, r, n. */
    private static void gates(float[] from, float[] to, int at, int gate) {
        System.arraycopy(from, gate, to, at, gate);
        System.arraycopy(from, 0, to, at + gate, gate);
        System.arraycopy(from, 2 * gate, to, at + 2 * gate, gate);
    }

    @Override
    protected String join(String first, String second) {
        return nodes.add("Concat", List.of(first, second), integer("axis", 1));
    }

    @Override
    protected String sumRows(String x) {
        return nodes.add("ReduceSum", List.of(x, nodes.longs(1L)), integer("keepdims", 0));
    }

    @Override
    protected String splitRow(String x, int heads, int headDim) {
        String reshaped = nodes.add("Reshape", List.of(x, nodes.longs(0L, (long) heads, (long) headDim)));
        return nodes.add("Transpose", List.of(reshaped), ints("perm", 1, 0, 2));
    }

    @Override
    protected String headLinear(String x, Constant weight, Constant bias, int heads) {
        Shape.Matrix shape = (Shape.Matrix) weight.shape();
        int out = shape.rows() / heads;
        float[] all = weight.values();
        float[] turned = new float[all.length];
        for (int head = 0; head < heads; head++) {
            int start = head * out * shape.columns();
            float[] ofHead = Arrays.copyOfRange(all, start, start + out * shape.columns());
            System.arraycopy(transpose(ofHead, out, shape.columns()), 0, turned, start, ofHead.length);
        }
        String product = nodes.add("MatMul",
                List.of(x, nodes.floats(new Transposed(weight), turned, heads, shape.columns(), out)));
        return add(product, nodes.floats(bias, bias.values(), heads, 1, out));
    }

    @Override
    protected String rankPool(String left, String right, int rank, int features) {
        String products = nodes.add("Reshape", List.of(nodes.add("Mul", List.of(left, right)),
                nodes.longs(0L, 0L, (long) rank, (long) features)));
        String z = nodes.add("ReduceSum", List.of(products, nodes.longs(2L)), integer("keepdims", 0));
        String root = nodes.add("Sub", List.of(nodes.add("Sqrt", List.of(relu(z))),
                nodes.add("Sqrt", List.of(relu(nodes.add("Neg", List.of(z)))))));
        String length = nodes.add("ReduceL2", List.of(root), ints("axes", -1), integer("keepdims", 1));
        return nodes.add("Div", List.of(root, nodes.add("Max", List.of(length, scalar(1e-12f)))));
    }

    @Override
    protected String mergeRow(String x, int features) {
        String rows = nodes.add("Transpose", List.of(x), ints("perm", 1, 0, 2));
        return nodes.add("Reshape", List.of(rows, nodes.longs(0L, (long) features)));
    }

    @Override
    protected String flatten(String x) {
        return nodes.add("Reshape", List.of(x, nodes.longs(-1L)));
    }

    @Override
    protected String context(String attention, String values) {
        return nodes.add("MatMul", List.of(attention, values));
    }

    @Override
    protected String concat(String left, String right) {
        return nodes.add("Concat", List.of(left, right), integer("axis", -1));
    }

    @Override
    protected String add(String left, String right) {
        return nodes.add("Add", List.of(left, right));
    }

    @Override
    protected String relu(String x) {
        return nodes.add("Relu", List.of(x));
    }

    // The form in which ONNX Runtime's optimizer knows it.
    @Override
    protected String gelu(String x) {
        String erf = nodes.add("Erf", List.of(nodes.add("Div", List.of(x, scalar((float) Math.sqrt(2))))));
        return nodes.add("Mul", List.of(nodes.add("Mul", List.of(x, add(erf, scalar(1)))), scalar(0.5f)));
    }

    @Override
    protected String tanh(String x) {
        return nodes.add("Tanh", List.of(x));
    }

    @Override
    protected String norm(String x, int features, Op.LayerNorm norm) {
        String scale = norm.scale() == null ? filled(1, features) : vector(constant(norm.scale()));
        List<String> operands = norm.shift() == null
                ? List.of(x, scale)
                : List.of(x, scale, vector(constant(norm.shift())));
        return nodes.add("LayerNormalization", operands, integer("axis", -1), number("epsilon", (float) norm.eps()));
    }

    @Override
    protected void output(String name, String value) {
        nodes.output(name, value);
    }

    private String vector(Constant vector) {
        return nodes.floats(vector, vector.values(), vector.values().length);
    }

    private String filled(float value, int size) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return nodes.floats(new Filled(value, size), values, size);
    }

    private String scalar(float value) {
        return nodes.floats(value, new float[]{value});
    }
}
