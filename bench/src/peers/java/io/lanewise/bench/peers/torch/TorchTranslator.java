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
        return line("torch.mul(%s, %s)", product, scale);
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
