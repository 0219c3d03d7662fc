package io.lanewise.layers;

/** Co-concat-attention: each context is joined with its stream, {@code LN(relu([c ; x]·W0)·W2)}, weights per direction. */
final class CoConcatAttention extends TwoStreamLayer {

    @Override
    public String name() {
        return "co-concat-attention";
    }

    @Override
    Streams conclude(LayerScope layer, Streams x, Streams context) {
        return new Streams(
                ConcatFinal.of(layer, context.question(), "linear_final_qv", x.question()),
                ConcatFinal.of(layer, context.video(), "linear_final_vq", x.video()));
    }
}
