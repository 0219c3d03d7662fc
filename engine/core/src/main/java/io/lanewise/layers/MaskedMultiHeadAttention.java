package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.HeadSplit;
import io.lanewise.graph.Notation;
import io.lanewise.graph.Value;

/** Masked multi-head attention: the usual split, both paddings, {@code output = LN(context·Wf + query)}. */
final class MaskedMultiHeadAttention implements LayerKind {

    @Override
    public String name() {
        return "masked-multi-head-attention";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("query", "key");
    }

    @Override
    public List<String> optionalInputs() {
        return List.of("value");
    }

    @Override
    public void describe(LayerScope layer) {
        QueryKeyValue x = QueryKeyValue.of(layer, layer.hidden("linear_q", 1));
        Attended attended = apply(layer, x, layer.padding(x.query()), layer.padding(x.key()));
        layer.output("output", attended.output());
        layer.attention("attention", attended.attention());
    }

    static Attended apply(LayerScope layer, QueryKeyValue x, Value queryPadding, Value keyPadding) {
        int hidden = x.query().rows().features();
        int heads = layer.heads(hidden);
        Value q = layer.split(layer.linear(x.query(), "linear_q", hidden), heads, HeadSplit.COLUMNS);
        Value k = layer.split(layer.linear(x.key(), "linear_k", hidden), heads, HeadSplit.COLUMNS);
        Value v = layer.split(layer.linear(x.value(), "linear_v", hidden), heads, HeadSplit.COLUMNS);
        Value attention = layer.attend(q, k, Notation.inverseRoot(hidden / heads), keyPadding, queryPadding);
        Value context = layer.merge(layer.context(attention, v));
        return new Attended(layer.norm(layer.sum(layer.linear(context, "linear_final", hidden), x.query())), attention);
    }
}
