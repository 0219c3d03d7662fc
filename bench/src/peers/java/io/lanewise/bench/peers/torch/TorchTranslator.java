package io.lanewise.bench.peers.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import io.lanewise.bench.peers.graph.GraphTranslator;
import io.lanewise.graph.Constant;
import io.lanewise.graph.Graph;
import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Op;
import io.lanewise.graph.Shape;

/** Writes a graph as TorchScript statements, with the operators that its author would call. */
final class TorchTranslator extends GraphTranslator<String> {

    private final List<String> inputs = new ArrayList<>();
    private final List<String> paddings = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final SequencedMap<String, String> outputs = new LinkedHashMap<>();
    private final List<Constant> constants = new ArrayList<>();

    private TorchTranslator() {}

    /** Returns a module whose arguments are the inputs of the graph, then {@code NAME_padding} where it is read. */
    static TorchScript scriptOf(Graph graph) {
        TorchTranslator translator = new TorchTranslator();
        translator.translate(graph);
        List<String> arguments = new ArrayList<>(translator.inputs);
        arguments.addAll(translator.paddings);
        return new TorchScript(arguments, translator.lines, translator.outputs, translator.constants);
    }

    private String line(String expression, Object... operands) {
        String name = "v" + lines.size();
        lines.add(name + " = " + expression.formatted(operands));
        return name;
    }

    private String constant(Constant constant) {
        if (constant == null) {
            return "None";
        }
        if (!constants.contains(constant)) {
            constants.add(constant);
        }
        return "CONSTANTS.c" + constants.indexOf(constant);
    }

    @Override
    protected String input(String name, int features) {
        inputs.add(name);
        return name;
    }

    @Override
    protected String tokens(String name) {
        return input(name, 1);
    }

    @Override
    protected String rows(Constant table, String ids) {
        return line("torch.embedding(%s, %s)", constant(table), ids);
    }

    @Override
    protected String firstRows(Constant table, int first, String ids) {
        return line("torch.narrow(%s, 0, %d, torch.size(%s, 1))", constant(table), first, ids);
    }

    @Override
    protected String row(Constant table, int row) {
        return line("torch.select(%s, 0, %d)", constant(table), row);
    }

    @Override
    protected String first(String x) {
        return line("torch.select(%s, 1, 0)", x);
    }

    @Override
    protected String padding(String input) {
        String name = input + PADDING;
        if (!paddings.contains(name)) {
            paddings.add(name);
        }
        return name;
    }

    @Override
    protected String linear(String x, Constant weight, Constant bias) {
        return line("torch.linear(%s, %s, %s)", x, constant(weight), constant(bias));
    }

    @Override
    protected String split(String x, Shape.Rows heads) {
        if (heads.split() == HeadSplit.RESHAPED) {
            return line("torch.reshape(%1$s, [torch.size(%1$s, 0), %2$d, -1, %3$d])", x, heads.heads(),
                    heads.headDim());
        }
        String rows = line("torch.reshape(%1$s, [torch.size(%1$s, 0), torch.size(%1$s, 1), %2$d, %3$d])", x,
                heads.heads(), heads.headDim());
        return line("torch.transpose(%s, 1, 2)", rows);
    }

    @Override
    protected String merge(String x, int features, HeadSplit split) {
        String rows = split == HeadSplit.RESHAPED ? x : line("torch.transpose(%s, 1, 2)", x);
        return line("torch.reshape(%1$s, [torch.size(%1$s, 0), -1, %2$d])", rows, features);
    }

    @Override
    protected String scores(String queries, String keys, double scale, boolean hasHeads) {
        String product = line("torch.matmul(%s, %s)", queries, transpose(keys, hasHeads));
        return scale == 1 ? product : line("torch.mul(%s, %s)", product, scale);
    }

    @Override
    protected String transpose(String x, boolean hasHeads) {
        return line("torch.transpose(%s, -2, -1)", x);
    }

    @Override
    protected String softmax(String scores, String keyPadding, String queryPadding, boolean hasHeads) {
        String masked = keyPadding == null ? scores : line("torch.add(%s, %s)", scores, keyBias(keyPadding, hasHeads));
        String attention = line("torch.softmax(%s, -1)", masked);
        return queryPadding == null
                ? attention
                : line("torch.mul(%s, %s)", attention, queryFactor(queryPadding, hasHeads));
    }

    /** 0 where a key counts, −∞ where it is padding. */
    private String keyBias(String padding, boolean hasHeads) {
        String zeros = line("torch.to(torch.zeros_like(%1$s), 6)", padding); // 6 is float32
        String bias = line("torch.masked_fill(%s, %s, -inf)", zeros, padding);
        return hasHeads ? line("torch.unsqueeze(torch.unsqueeze(%s, 1), 1)", bias) : line("torch.unsqueeze(%s, 1)", bias);
    }

    /** 1 where a query counts, 0 where it is padding. */
    private String queryFactor(String padding, boolean hasHeads) {
        String factor = line("torch.unsqueeze(torch.to(torch.logical_not(%s), 6), -1)", padding);
        return hasHeads ? line("torch.unsqueeze(%s, 1)", factor) : factor;
    }

    // ---------------------------------------------------------------- the whole model

    /** As one writes it: sorted by length, packed, and back. */
    @Override
    protected BothWays<String> bothWays(String x, String padding, List<Constant> forward, List<Constant> reverse) {
        int hidden = ((Shape.Matrix) forward.get(1).shape()).columns();
        List<String> weights = new ArrayList<>();
        forward.forEach(weight -> weights.add(constant(weight)));
        reverse.forEach(weight -> weights.add(constant(weight)));
        String lengths = line("torch.sum(torch.logical_not(%s), [1])", padding);
        List<String> sorted = lines(2, "torch.sort(%s, -1, True)", lengths);
        String back = line("torch.argsort(%s)", sorted.get(1));
        String rows = line("torch.index_select(%s, 0, %s)", x, sorted.get(1));
        List<String> packed = lines(2, "torch._pack_padded_sequence(%s, %s, True)", rows, sorted.get(0));
        String start = line("torch.zeros([2, torch.size(%s, 0), %d])", x, hidden);
        List<String> states = lines(2, "torch.gru(%s, %s, %s, [%s], True, 1, 0., False, True)", packed.get(0),
                packed.get(1), start, String.join(", ", weights));
        List<String> padded = lines(2, "torch._pad_packed_sequence(%s, %s, True, 0., torch.size(%s, 1))", states.get(0),
                packed.get(1), x);
        String last = line("torch.index_select(%s, 1, %s)", states.get(1), back);
        return new BothWays<>(line("torch.index_select(%s, 0, %s)", padded.get(0), back),
                line("torch.select(%s, 0, 0)", last), line("torch.select(%s, 0, 1)", last));
    }

    @Override
    protected String join(String first, String second) {
        return line("torch.cat([%s, %s], 1)", first, second);
    }

    @Override
    protected String sumRows(String x) {
        return line("torch.sum(%s, [1])", x);
    }

    @Override
    protected String splitRow(String x, int heads, int headDim) {
        return line("torch.transpose(torch.reshape(%s, [-1, %d, %d]), 0, 1)", x, heads, headDim);
    }

    @Override
    protected String headLinear(String x, Constant weight, Constant bias, int heads) {
        int columns = ((Shape.Matrix) weight.shape()).columns();
        String weights = line("torch.transpose(torch.reshape(%s, [%d, -1, %d]), 1, 2)", constant(weight), heads, columns);
        String biases = line("torch.reshape(%s, [%d, 1, -1])", constant(bias), heads);
        return line("torch.baddbmm(%s, %s, %s)", biases, x, weights);
    }

    @Override
    protected String rankPool(String left, String right, int rank, int features) {
        String products = line("torch.mul(%s, %s)", left, right);
        String z = line("torch.sum(torch.reshape(%1$s, [torch.size(%1$s, 0), -1, %2$d, %3$d]), [2])", products, rank,
                features);
        String root = line("torch.sub(torch.sqrt(torch.relu(%1$s)), torch.sqrt(torch.relu(torch.neg(%1$s))))", z);
        return line("torch.div(%1$s, torch.clamp_min(torch.norm(%1$s, 2, [-1], True), 9.9999999999999998e-13))", root);
    }

    @Override
    protected String mergeRow(String x, int features) {
        return line("torch.reshape(torch.transpose(%s, 0, 1), [-1, %d])", x, features);
    }

    @Override
    protected String flatten(String x) {
        return line("torch.reshape(%s, [-1])", x);
    }

    private List<String> lines(int results, String expression, Object... operands) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add("v" + lines.size() + "_" + i);
        }
        lines.add(String.join(", ", names) + ", = " + expression.formatted(operands));
        return names;
    }

    @Override
    protected String context(String attention, String values) {
        return line("torch.matmul(%s, %s)", attention, values);
    }

    @Override
    protected String concat(String left, String right) {
        return line("torch.cat([%s, %s], -1)", left, right);
    }

    @Override
    protected String add(String left, String right) {
        return line("torch.add(%s, %s)", left, right);
    }

    @Override
    protected String relu(String x) {
        return line("torch.relu(%s)", x);
    }

    @Override
    protected String gelu(String x) {
        return line("torch.gelu(%s)", x);
    }

    @Override
    protected String tanh(String x) {
        return line("torch.tanh(%s)", x);
    }

    @Override
    protected String norm(String x, int features, Op.LayerNorm norm) {
        return line("torch.layer_norm(%s, [%d], %s, %s, %s)", x, features, constant(constant(norm.scale())),
                constant(constant(norm.shift())), norm.eps());
    }

    @Override
    protected void output(String name, String value) {
        outputs.put(name, value);
    }
}
