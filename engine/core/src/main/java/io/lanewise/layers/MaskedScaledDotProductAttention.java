package io.lanewise.layers;

import java.util.List;

/** Scaled dot-product attention with both paddings: {@code output = A value}. */
final class MaskedScaledDotProductAttention implements LayerKind {

    @Override
    public String name() {
        return "masked-scaled-dot-product-attention";
    }

    @Override
    public List<String> requiredInputs() {
        return List.of("query", "key", "value");
    }

    @Override
    public void describe(LayerScope layer) {
        QueryKeyValue x = QueryKeyValue.of(layer, layer.hidden());
        ScaledDotProductAttention.attend(layer, x, layer.padding(x.key()), layer.padding(x.query()));
    }
}
