package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Notation;
import io.lanewise.graph.Value;

/** Self-attention: {@code output = LN(A v · Wf + x)}, both paddings from {@code x}. */
final class SelfAttention implements LayerKind {

    @Override
    public String name() {
        return "self-attention";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("input");
    }

    @Override
    public void describe(LayerScope layer) {
        Value x = layer.input("input", layer.hidden("linear_q", 1));
        Attended attended = apply(layer, x, layer.padding(x));
        layer.output("output", attended.output());
        layer.attention("attention", attended.attention());
    }

    static Attended apply(LayerScope layer, Value x, Value padding) {
        int hidden = x.rows().features();
        Value q = layer.linear(x, "linear_q", hidden);
        Value k = layer.linear(x, "linear_k", hidden);
        Value v = layer.linear(x, "linear_v", hidden);
        Value attention = layer.attend(q, k, Notation.inverseRoot(hidden), padding, padding);
        Value context = layer.context(attention, v);
        return new Attended(layer.norm(layer.sum(layer.linear(context, "linear_final", hidden), x)), attention);
    }
}
