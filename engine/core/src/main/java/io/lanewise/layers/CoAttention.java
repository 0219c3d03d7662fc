package io.lanewise.layers;

import io.lanewise.graph.Value;

/** Co-attention: {@code output_q = LN(c_q·Wqv + question)}, {@code output_v = LN(c_v·Wvq + video)}. */
final class CoAttention extends TwoStreamLayer {

    @Override
    public String name() {
        return "co-attention";
    }

    @Override
    Streams conclude(LayerScope layer, Streams x, Streams context) {
        return new Streams(
                residual(layer, context.question(), "linear_final_qv", x.question()),
                residual(layer, context.video(), "linear_final_vq", x.video()));
    }

    private static Value residual(LayerScope layer, Value context, String weight, Value x) {
        return layer.norm(layer.sum(layer.linear(context, weight, x.rows().features()), x));
    }
}
