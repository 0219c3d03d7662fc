package io.lanewise.layers;

/** Co-siamese-attention: co-concat-attention with one final pair shared by both directions. */
final class CoSiameseAttention extends TwoStreamLayer {

    @Override
    public String name() {
        return "co-siamese-attention";
    }

    @Override
    Streams conclude(LayerScope layer, Streams x, Streams context) {
        return new Streams(
                ConcatFinal.of(layer, context.question(), "linear_final", x.question()),
                ConcatFinal.of(layer, context.video(), "linear_final", x.video()));
    }
}
