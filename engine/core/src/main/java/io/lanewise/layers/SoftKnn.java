package io.lanewise.layers;

import java.util.List;

/** Soft k-nearest-neighbours: the context of the published multi-head attention as it is, one head unless said. */
final class SoftKnn implements LayerKind {

    @Override
    public String name() {
        return "soft-knn";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("query");
    }

    @Override
    public List<String> optionalInputs() {
        return List.of("key", "value");
    }

    @Override
    public void describe(LayerScope layer) {
        int hidden = layer.hidden("linear_q", 1);
        QueryKeyValue x = QueryKeyValue.of(layer, hidden);
        Attended core = ReshapedAttention.of(layer, x, layer.headsOrOne(hidden),
                KeyMask.of(layer, x.key(), KeyMask.NONE));
        layer.output("output", core.output());
        layer.attention("attention", core.attention());
    }
}
