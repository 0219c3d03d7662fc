package io.lanewise.layers;

import java.util.List;

import io.lanewise.graph.Notation;
import io.lanewise.graph.Value;

/**
 * Single-stream attention: a query attends to a key, {@code output = LN(A v · Wf + r)}. The residual {@code r} is the query
 * itself or, as the published checkpoints were trained, the projected query.
 */
final class SingleAttention implements LayerKind {

    @Override
    public String name() {
        return "single-attention";
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
        Value q = layer.linear(x.query(), "linear_q", hidden);
        Value k = layer.linear(x.key(), "linear_k", hidden);
        Value v = layer.linear(x.value(), "linear_v", hidden);
        Value attention = layer.attend(q, k, Notation.inverseRoot(hidden), keyPadding, queryPadding);
        Value context = layer.context(attention, v);
        Value residual = residualIsInput(layer) ? x.query() : q;
        return new Attended(layer.norm(layer.sum(layer.linear(context, "linear_final", hidden), residual)), attention);
    }

    private static boolean residualIsInput(LayerScope layer) {
        return layer.config().choice("residual", "input", List.of("input", "projected_query")).equals("input");
    }
}
